package dev.coherence.axon;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * The messages that were appended in a unit of work, as they were stored: dispatch interceptors may have replaced the
 * metadata of those that were published.
 */
final class AppendedMessages {

    private static final String RESOURCE = AppendedMessages.class.getName();

    private final Map<String, EventMessage<?>> messages = new LinkedHashMap<>();

    private AppendedMessages() {}

    /** Begins to collect in the present unit of work. */
    static AppendedMessages collect(UnitOfWork<?> unitOfWork) {
        AppendedMessages collected = new AppendedMessages();
        unitOfWork.resources().put(RESOURCE, collected);
        return collected;
    }

    /** Adds to what the present unit of work collects, if it does. */
    static void add(List<? extends EventMessage<?>> appended) {
        CurrentUnitOfWork.ifStarted(unitOfWork -> {
            AppendedMessages collected = unitOfWork.root().getResource(RESOURCE);
            if (collected != null) {
                appended.forEach(message -> collected.messages.put(message.getIdentifier(), message));
            }
        });
    }

    List<EventMessage<?>> all() {
        return List.copyOf(messages.values());
    }
}
