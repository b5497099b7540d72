package dev.coherence.spring.boot.web;

import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Reads and answers requests of Spring WebFlux. */
final class ReactiveRequests {

    private ReactiveRequests() {}

    static ConditionalHeaders conditionalHeaders(ServerHttpRequest request) {
        return ConditionalHeaders.of(
                request.getMethod().name(),
                values(request, HttpHeaders.IF_MATCH),
                values(request, HttpHeaders.IF_NONE_MATCH));
    }

    /** Spring 6 and 7 have the method that gets all values of a header with different types. */
    private static List<String> values(ServerHttpRequest request, String header) {
        List<String> values = new ArrayList<>();
        request.getHeaders().forEach((name, some) -> {
            if (name.equalsIgnoreCase(header)) {
                values.addAll(some);
            }
        });
        return values;
    }

    /** Without a message writer: what these write depends on the application's settings. */
    static Mono<Void> answer(Problem problem, ServerWebExchange exchange) {
        byte[] json = problem.json(exchange.getRequest().getURI().getRawPath());
        ServerHttpResponse response = exchange.getResponse();
        response.setRawStatusCode(problem.status());
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().setContentLength(json.length);
        DataBuffer buffer = response.bufferFactory().wrap(json);
        return response.writeWith(Mono.just(buffer));
    }
}
