package dev.coherence.spring.boot.web;

import org.springframework.boot.WebApplicationType;

class WebMvcWithJackson2Test extends WebContract {

    @Override
    WebServer start() {
        return WebServer.start(
                WebApplicationType.SERVLET,
                WebMvcTest.Functional.class,
                "spring.http.converters.preferred-json-mapper=jackson2",
                "spring.jackson2.default-property-inclusion=non_empty");
    }
}
