package dev.coherence.spring.boot.web;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.SyncHandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;

/** Takes parameters of Spring WebFlux's controllers from conditional headers. */
final class ReactivePreconditionResolver implements SyncHandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return PreconditionParameter.isOne(parameter);
    }

    @Override
    public @Nullable Object resolveArgumentValue(
            MethodParameter parameter, BindingContext context, ServerWebExchange exchange) {
        return PreconditionParameter.argument(parameter, ReactiveRequests.conditionalHeaders(exchange.getRequest()));
    }
}
