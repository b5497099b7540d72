package dev.coherence.spring.boot.web;

import org.springframework.boot.WebApplicationType;

/** Also with problem documents of Spring Boot, whose advice comes before ours. */
class WebMvcWithJackson2Test extends WebContract {

    @Override
    WebServer start(Class<?>... more) {
        return WebServer.start(
                WebApplicationType.SERVLET,
                WebMvcTest.Functional.class,
                more,
                "spring.http.converters.preferred-json-mapper=jackson2",
                "spring.jackson2.default-property-inclusion=non_empty",
                "spring.mvc.problemdetails.enabled=true");
    }
}
