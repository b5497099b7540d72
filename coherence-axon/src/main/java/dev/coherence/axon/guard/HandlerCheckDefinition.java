package dev.coherence.axon.guard;

import dev.coherence.axon.conflict.Conflicts;
import java.lang.reflect.Executable;
import java.util.Arrays;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandMessageHandlingMember;
import org.axonframework.common.Priority;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;

/**
 * Checks a command after its aggregate was loaded and before its handler runs, where the outcome is certain already: see
 * {@link EarlyCheck}. Found by Axon on the class path; last of all, since it looks for what another definition makes of a
 * command handler. Thread-safe.
 */
@Priority(Priority.LAST)
public final class HandlerCheckDefinition implements HandlerEnhancerDefinition {

    @Override
    public <T> MessageHandlingMember<T> wrapHandler(MessageHandlingMember<T> original) {
        return original.unwrap(CommandMessageHandlingMember.class).isPresent()
                ? new CheckedHandler<>(original)
                : original;
    }

    private static final class CheckedHandler<T> extends WrappedMessageHandlingMember<T> {

        private final boolean asksItself;

        CheckedHandler(MessageHandlingMember<T> delegate) {
            super(delegate);
            this.asksItself = delegate.unwrap(Executable.class)
                    .map(method -> Arrays.asList(method.getParameterTypes()).contains(Conflicts.class))
                    .orElse(false);
        }

        @Override
        public Object handle(Message<?> message, T target) throws Exception {
            if (message instanceof CommandMessage) {
                CommandScope.current().ifPresent(scope -> EarlyCheck.of(scope, asksItself));
            }
            return super.handle(message, target);
        }
    }
}
