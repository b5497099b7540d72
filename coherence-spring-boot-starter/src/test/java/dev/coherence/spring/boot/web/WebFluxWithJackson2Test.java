package dev.coherence.spring.boot.web;

import org.springframework.boot.WebApplicationType;

/** Also with problem documents of Spring Boot, whose advice comes before ours. */
class WebFluxWithJackson2Test extends WebContract {

    @Override
    WebServer start(Class<?>... more) {
        return WebServer.start(
                WebApplicationType.REACTIVE,
                WebFluxTest.Functional.class,
                more,
                "spring.http.codecs.preferred-json-mapper=jackson2",
                "spring.jackson2.default-property-inclusion=non_empty",
                "spring.webflux.problemdetails.enabled=true");
    }
}
