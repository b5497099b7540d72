package dev.coherence.axon.guard;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.Scope;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * The handling of one command, kept in its unit of work.
 *
 * @param context what the command says of the state it is meant for, or what the command says within whose handler it was
 *     sent
 * @param isPart whether it has no revision itself, but is part of the command within whose handler it was sent
 * @param outer the aggregate within whose handler it was sent, if any
 */
record CommandScope(
        CommandContext context, boolean isPart, @Nullable Scope outer) {

    private static final String RESOURCE = CommandScope.class.getName();

    static void begin(UnitOfWork<?> unitOfWork, CommandContext context, boolean isPart) {
        unitOfWork.resources().put(RESOURCE, new CommandScope(context, isPart, currentScope()));
    }

    /** That of the command that is handled now, if it has a revision. */
    static Optional<CommandScope> current() {
        return CurrentUnitOfWork.isStarted() ? of(CurrentUnitOfWork.get()) : Optional.empty();
    }

    /** That of the command whose handler sent this one. What an event handler sends is no part of the command before it. */
    static Optional<CommandScope> sender(UnitOfWork<?> unitOfWork) {
        return unitOfWork
                .parent()
                .filter(parent -> parent.getMessage() instanceof CommandMessage)
                .flatMap(CommandScope::of);
    }

    private static Optional<CommandScope> of(UnitOfWork<?> unitOfWork) {
        return Optional.ofNullable(unitOfWork.<CommandScope>getResource(RESOURCE));
    }

    /** The aggregate whose handler is running for this very command; none in a handler outside of aggregates. */
    Optional<Aggregate<?>> aggregate() {
        Scope scope = currentScope();
        return scope instanceof Aggregate<?> aggregate && (scope != outer || isEntered())
                ? Optional.of(aggregate)
                : Optional.empty();
    }

    /**
     * Whether an aggregate was entered since this command came. One that sends a command to itself is the scope before it
     * and within it, and so it is for a handler outside of aggregates to which it sends one; only the way here tells them
     * apart.
     */
    private static boolean isEntered() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.<Class<?>>map(StackWalker.StackFrame::getDeclaringClass)
                        .takeWhile(type -> type != CommandInterceptor.class)
                        .anyMatch(Aggregate.class::isAssignableFrom));
    }

    private static @Nullable Scope currentScope() {
        try {
            return requireNonNull(Scope.getCurrentScope());
        } catch (IllegalStateException e) {
            return null; // the only way in which Axon says that there is none
        }
    }
}
