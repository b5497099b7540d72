package dev.coherence.axon.processor;

import java.util.Optional;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The sequencing policy of a processing group, which also tells the name of the group: Axon gives a processor the invokers of
 * its groups without their names.
 */
record GroupPolicy(String group, SequencingPolicy<? super EventMessage<?>> policy)
        implements SequencingPolicy<EventMessage<?>> {

    /** Returns the policy of the invoker, if it was made by {@link ReplayingEventProcessingModule}. */
    static Optional<GroupPolicy> of(SimpleEventHandlerInvoker invoker) {
        return invoker.getSequencingPolicy() instanceof GroupPolicy known ? Optional.of(known) : Optional.empty();
    }

    @Override
    public @Nullable Object getSequenceIdentifierFor(EventMessage<?> event) {
        return policy.getSequenceIdentifierFor(event);
    }
}
