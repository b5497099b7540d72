package dev.coherence.axon.processor;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.ListenerInvocationErrorHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;

/**
 * What happens to exceptions of a group for which nobody has said it: Axon's default, which may be to log them and go on. A
 * group that takes part in replays does not go on, as it could not tell a replayed aggregate from one that is half replayed.
 * Whether it takes part is known only when its invoker has been made. Thread-safe.
 */
final class DefaultErrorHandling implements ListenerInvocationErrorHandler {

    private final ListenerInvocationErrorHandler axons;
    private volatile ListenerInvocationErrorHandler chosen;

    DefaultErrorHandling(ListenerInvocationErrorHandler axons) {
        this.axons = axons;
        this.chosen = axons;
    }

    void propagate() {
        chosen = PropagatingErrorHandler.instance();
    }

    @Override
    public void onError(Exception exception, EventMessage<?> event, EventMessageHandler eventHandler) throws Exception {
        chosen.onError(exception, event, eventHandler);
    }

    @Override
    public String toString() {
        return "default of " + axons;
    }
}
