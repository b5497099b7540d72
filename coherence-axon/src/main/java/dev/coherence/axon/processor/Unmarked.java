package dev.coherence.axon.processor;

import dev.coherence.axon.stream.Markers;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.monitoring.MessageMonitor;
import org.axonframework.monitoring.NoOpMessageMonitorCallback;

/** Keeps markers from interceptors and monitors of the application, which get the events of the replay instead. */
final class Unmarked {

    private Unmarked() {}

    static MessageHandlerInterceptor<EventMessage<?>> interceptor(
            MessageHandlerInterceptor<? super EventMessage<?>> interceptor) {
        return (unitOfWork, chain) ->
                Markers.isMarker(unitOfWork.getMessage()) ? chain.proceed() : interceptor.handle(unitOfWork, chain);
    }

    static MessageMonitor<Message<?>> monitor(MessageMonitor<? super Message<?>> monitor) {
        return message ->
                Markers.isMarker(message) ? NoOpMessageMonitorCallback.INSTANCE : monitor.onMessageIngested(message);
    }
}
