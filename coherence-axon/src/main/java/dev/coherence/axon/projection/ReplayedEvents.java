package dev.coherence.axon.projection;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Supplier;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventProcessorSpanFactory;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.DefaultInterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.monitoring.MessageMonitor;

/**
 * Handles an event of a replay as a processor of Axon handles a live one: with its interceptors, its monitor and a span, in a
 * {@link UnitOfOneEvent}. Thread-safe.
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
        UnitOfOneEvent unitOfWork = new UnitOfOneEvent(CurrentUnitOfWork.get(), event);
        CurrentUnitOfWork.set(unitOfWork);
        try {
            MessageMonitor.MonitorCallback callback = monitor.onMessageIngested(event);
            spans.createProcessEventSpan(true, event)
                    .runCallable(
                            () -> intercepted(unitOfWork, handlers, callback).proceed());
        } finally {
            CurrentUnitOfWork.clear(unitOfWork);
        }
    }

    private DefaultInterceptorChain<EventMessage<?>> intercepted(
            UnitOfOneEvent unitOfWork, Handlers handlers, MessageMonitor.MonitorCallback callback) {
        return new DefaultInterceptorChain<>(unitOfWork, interceptors.get(), event -> {
            try {
                handlers.handle(requireTracked(event));
                callback.reportSuccess();
                return null;
            } catch (Exception e) {
                callback.reportFailure(e);
                throw e;
            }
        });
    }

    /**
     * Returns the message as it is.
     *
     * @throws IllegalStateException if an interceptor has put one without a token in its place
     */
    static TrackedEventMessage<?> requireTracked(EventMessage<?> message) {
        if (message instanceof TrackedEventMessage<?> tracked) {
            return tracked;
        }
        throw new IllegalStateException(
                "An interceptor has replaced a message of a processor with replays by a %s, which has no tracking token; let it change the message with andMetaData, or make a TrackedEventMessage with the same token"
                        .formatted(message.getClass().getName()));
    }
}
