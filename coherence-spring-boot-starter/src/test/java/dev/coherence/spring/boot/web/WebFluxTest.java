package dev.coherence.spring.boot.web;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

class WebFluxTest extends WebContract {

    @Override
    WebServer start(Class<?>... more) {
        return WebServer.start(WebApplicationType.REACTIVE, Functional.class, more);
    }

    static class Functional {

        @Bean
        RouterFunction<ServerResponse> functional() {
            return RouterFunctions.route()
                    .PUT(
                            "/functional/{how}",
                            request -> Mono.error(FailingController.failure(request.pathVariable("how"))))
                    .build();
        }
    }
}
