package dev.coherence.axon.projection;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Supplier;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventProcessorSpanFactory;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.DefaultInterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.monitoring.MessageMonitor;

/**
 * Handles an event of a replay as a processor of Axon handles a live one: with its interceptors, its monitor and a span, in a
 * unit of work for this event. Thread-safe.
 */
public final class ReplayedEvents {

    private final Supplier<List<MessageHandlerInterceptor<? super EventMessage<?>>>> interceptors;
    private final MessageMonitor<? super EventMessage<?>> monitor;
    private final EventProcessorSpanFactory spans;

    /**
     * @param interceptors those of the processor, asked for with each event
     * @param monitor the monitor of the processor
     */
    public ReplayedEvents(
            Supplier<List<MessageHandlerInterceptor<? super EventMessage<?>>>> interceptors,
            MessageMonitor<? super EventMessage<?>> monitor,
            EventProcessorSpanFactory spans) {
        this.interceptors = requireNonNull(interceptors, "interceptors");
        this.monitor = requireNonNull(monitor, "monitor");
        this.spans = requireNonNull(spans, "spans");
    }

    /** Hands an event to handlers; interceptors may have changed it. */
    @FunctionalInterface
    interface Handlers {
        void handle(TrackedEventMessage<?> event) throws Exception;
    }

    void handle(TrackedEventMessage<?> event, Handlers handlers) throws Exception {
        DefaultUnitOfWork<TrackedEventMessage<?>> unitOfWork = DefaultUnitOfWork.startAndGet(event);
        ResultMessage<?> result = unitOfWork.executeWithResult(() -> {
            MessageMonitor.MonitorCallback callback = monitor.onMessageIngested(event);
            return spans.createProcessEventSpan(true, event)
                    .runCallable(
                            () -> intercepted(unitOfWork, handlers, callback).proceed());
        });
        if (result.isExceptional()) {
            throw exception(result.exceptionResult());
        }
    }

    private DefaultInterceptorChain<TrackedEventMessage<?>> intercepted(
            DefaultUnitOfWork<TrackedEventMessage<?>> unitOfWork,
            Handlers handlers,
            MessageMonitor.MonitorCallback callback) {
        return new DefaultInterceptorChain<>(unitOfWork, interceptors.get(), event -> {
            try {
                handlers.handle(event);
                callback.reportSuccess();
                return null;
            } catch (Exception e) {
                callback.reportFailure(e);
                throw e;
            }
        });
    }

    private static Exception exception(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof Exception exception ? exception : new IllegalStateException(failure);
    }
}
