package dev.coherence.spring.boot.web;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

class WebMvcTest extends WebContract {

    @Override
    WebServer start(Class<?>... more) {
        return WebServer.start(WebApplicationType.SERVLET, Functional.class, more);
    }

    static class Functional {

        @Bean
        RouterFunction<ServerResponse> functional() {
            return RouterFunctions.route()
                    .PUT("/functional/{how}", request -> {
                        throw FailingController.failure(request.pathVariable("how"));
                    })
                    .build();
        }
    }
}
