package dev.coherence.axon.guard;

import dev.coherence.axon.command.CommandIntent;
import dev.coherence.axon.command.CommandReader;
import dev.coherence.axon.event.CoherenceMetaData;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Notes, before the aggregate is loaded, what a command says of base and resolved events, and hands on to the events of its
 * handler who acts. To be registered on the command bus that runs the handlers. Thread-safe.
 *
 * <p>A command that a handler sends within its own unit of work, and that has no revision itself, is a part of the command
 * before it: what it changes is checked against the base of that one.
 */
public final class CommandInterceptor implements MessageHandlerInterceptor<CommandMessage<?>> {

    private final ConflictSearch search;

    /** Creates an interceptor for commands whose events are appended to the guarded store. */
    public CommandInterceptor(Guarded guarded) {
        this.search = new ConflictSearch(guarded);
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
        removeForeignTag(unitOfWork);
        CommandMessage<?> command = unitOfWork.getMessage();
        CommandIntent intent = CommandReader.read(command);
        Optional<CommandContext> context = intent.base()
                .map(base -> new CommandContext(command.getIdentifier(), intent, base, search))
                .or(() -> CommandScope.sender(unitOfWork).map(CommandScope::context));
        context.ifPresent(c -> {
            CommandScope.begin(unitOfWork, c, intent.base().isEmpty());
            AppendedWork.of(unitOfWork).add(c);
        });
        Map<String, Object> inherited = inherited(command, context);
        if (!inherited.isEmpty()) {
            unitOfWork.registerCorrelationDataProvider(message -> inherited);
        }
        return chain.proceed();
    }

    /**
     * A command that a handler sends has the tag of the command before it, which a handler that hands its metadata on to
     * events would take for its own.
     */
    private static <C extends CommandMessage<?>> void removeForeignTag(UnitOfWork<C> unitOfWork) {
        if (unitOfWork.getMessage().getMetaData().containsKey(EventTag.KEY)) {
            unitOfWork.transformMessage(command -> command.withMetaData(EventTag.without(command.getMetaData())));
        }
    }

    private static Map<String, Object> inherited(CommandMessage<?> command, Optional<CommandContext> context) {
        Map<String, Object> inherited = new HashMap<>();
        context.ifPresent(c -> inherited.put(EventTag.KEY, c.id()));
        Object actor = command.getMetaData().get(CoherenceMetaData.ACTOR);
        if (actor != null) {
            inherited.put(CoherenceMetaData.ACTOR, actor);
        }
        return inherited;
    }
}
