package dev.coherence.axon.configuration;

import dev.coherence.axon.UnusableConfigurationException;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.command.CommandReader;
import dev.coherence.axon.guard.Guarded;
import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.axon.processor.ReplayMarks;
import dev.coherence.axon.storage.StreamNames;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.GenericJpaRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds everything that coherence cannot work with, before the first command comes. */
final class StartCheck {

    private static final Logger logger = LoggerFactory.getLogger(StartCheck.class);
    private static final String DISRUPTOR = "org.axonframework.disruptor.";
    private static final String AXON_SERVER = "org.axonframework.axonserver.";

    private final List<String> problems = new ArrayList<>();

    private StartCheck() {}

    /**
     * Checks all of it.
     *
     * @throws UnusableConfigurationException with all problems, if there are any
     */
    static void run(
            Configuration configuration,
            ConfiguredAggregates aggregates,
            TransactionManager transactions,
            Guarded guarded) {
        StartCheck check = new StartCheck();
        check.commandBus(configuration.commandBus());
        check.problems.addAll(ReplayMarks.problems(configuration));
        check.eventStore(guarded.eventStore());
        aggregates.all().forEach(aggregate -> check.aggregate(aggregate, guarded.descriptors()));
        check.names(aggregates, guarded.index().streamNames());
        check.isolation(transactions, guarded);
        if (!check.problems.isEmpty()) {
            throw new UnusableConfigurationException(check.problems);
        }
    }

    private void commandBus(CommandBus commandBus) {
        if (hasAncestorIn(DISRUPTOR, commandBus.getClass())) {
            problems.add(
                    "The command bus is a DisruptorCommandBus, which appends events without a check by interceptors of"
                            + " the event store; use a SimpleCommandBus or an AsynchronousCommandBus");
        }
    }

    private void eventStore(EventStore eventStore) {
        if (hasAncestorIn(AXON_SERVER, eventStore.getClass())) {
            problems.add(
                    "The event store is Axon Server, which cannot store links and events in one transaction; use an"
                            + " EmbeddedEventStore with Axon's JDBC or JPA engine");
        }
    }

    private static boolean hasAncestorIn(String packagePrefix, Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            if (c.getName().startsWith(packagePrefix)) {
                return true;
            }
        }
        return false;
    }

    private void aggregate(ConfiguredAggregate aggregate, EventDescriptors descriptors) {
        problems.addAll(aggregate.declared().mistakes(descriptors));
        if (isStateStored(aggregate)) {
            stateStored(aggregate);
        }
    }

    /** An index that takes annotated aggregates for plain ones would let everything pass. */
    private void names(ConfiguredAggregates aggregates, StreamNames names) {
        aggregates.kinds().stream()
                .filter(kind -> !names.isAnnotated(kind))
                .forEach(kind -> problems.add(
                        "The index does not know that an annotated aggregate declares the kind %s; build it with the StreamNames of the configuration"
                                .formatted(kind)));
    }

    private static boolean isStateStored(ConfiguredAggregate aggregate) {
        return aggregate.repository() instanceof GenericJpaRepository
                && !(aggregate.repository() instanceof EventSourcingRepository);
    }

    private void stateStored(ConfiguredAggregate aggregate) {
        List<String> commands = aggregate.declared().commandTypes().stream()
                .filter(CommandReader::hasRevision)
                .map(Class::getSimpleName)
                .toList();
        if (commands.isEmpty()) {
            logger.warn(
                    "The aggregate {} is stored by its state: coherence neither checks its commands nor links it to triggers",
                    aggregate.kind());
        } else {
            problems.add(
                    "The aggregate %s is stored by its state, not by its events, so that @%s of %s could not be checked; make it event-sourced, or remove the annotation"
                            .formatted(aggregate.kind(), TargetRevision.class.getSimpleName(), commands));
        }
    }

    /** The index looks at the transaction before it locks anything, even nothing. */
    private void isolation(TransactionManager transactions, Guarded guarded) {
        try {
            DefaultUnitOfWork<GenericMessage<String>> unitOfWork =
                    DefaultUnitOfWork.startAndGet(new GenericMessage<>("start of coherence"));
            unitOfWork.attachTransaction(transactions);
            unitOfWork.execute(() -> guarded.index().lock(new TreeMap<>()));
        } catch (IllegalStateException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }
}
