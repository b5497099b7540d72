package dev.coherence.spring.boot.web;

import org.springframework.boot.WebApplicationType;

class WebFluxWithJackson2Test extends WebContract {

    @Override
    WebServer start() {
        return WebServer.start(
                WebApplicationType.REACTIVE,
                WebFluxTest.Functional.class,
                "spring.http.codecs.preferred-json-mapper=jackson2",
                "spring.jackson2.default-property-inclusion=non_empty");
    }
}
