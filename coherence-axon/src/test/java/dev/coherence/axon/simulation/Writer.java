package dev.coherence.axon.simulation;

import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.axon.OwnThread;
import dev.coherence.axon.OwnUnitOfWork;
import dev.coherence.axon.event.EffectFired;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.event.ReplayRequested;
import dev.coherence.axon.index.LockMode;
import dev.coherence.axon.simulation.Truth.Fact;
import dev.coherence.axon.storage.StreamNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MetaData;

/** Appends what the schedule says, with the locks that coherence takes for it, and tells the truth of it. For one thread. */
final class Writer {

    private static final int PATIENCE = 20;

    private final Place place;
    private final Truth truth;
    private final StreamNames names;
    private final Map<String, Long> versions = new HashMap<>();

    Writer(Place place, Truth truth) {
        this.place = place;
        this.truth = truth;
        this.names = place.index().streamNames();
    }

    /** An event on its way into the store. */
    private record Pending(Write write, long version, EventMessage<?> message) {}

    /** A transaction whose events have their numbers. */
    final class Open {

        private final List<Pending> events = new ArrayList<>();
        private final CompletableFuture<Void> appended = new CompletableFuture<>();
        private final CompletableFuture<Boolean> commits = new CompletableFuture<>();
        private final CompletableFuture<Void> ended;

        private Open(List<Write> writes) {
            writes.forEach(write -> events.add(pending(write)));
            ended = OwnThread.run(this::work);
            ended.exceptionally(failure -> {
                appended.completeExceptionally(failure);
                return null;
            });
            await(appended);
        }

        private void work() {
            OwnUnitOfWork own = OwnUnitOfWork.start(place.transactions(), "write");
            try {
                TreeMap<Identity, LockMode> locks = new TreeMap<>();
                for (Pending event : events) {
                    if (event.write instanceof Write.Ask) {
                        continue;
                    }
                    LockMode mode = event.write instanceof Write.Fire ? LockMode.EXCLUSIVE : LockMode.SHARED;
                    event.write.locks().forEach(lock -> locks.merge(lock, mode, (a, b) -> LockMode.EXCLUSIVE));
                }
                place.index().lock(locks);
                place.eventStore().publish(events.stream().map(Pending::message).toList());
                events.forEach(event -> noteInWorld(event.write));
                own.afterAppend(() -> {
                    appended.complete(null);
                    if (!commits.join()) {
                        throw new RolledBack();
                    }
                });
                own.commit();
            } finally {
                own.rollback();
            }
        }

        void commit() {
            commits.complete(true);
            await(ended);
            Map<String, Long> numbers = place.index()
                    .numbers(events.stream()
                            .map(event -> event.message.getIdentifier())
                            .toList());
            for (Pending event : events) {
                truth.add(new Fact(numbers.get(event.message.getIdentifier()), event.version, event.write));
            }
        }

        void rollback() {
            commits.complete(false);
            try {
                await(ended);
            } catch (RolledBack expected) {
                events.forEach(event ->
                        stream(event.write).ifPresent(stream -> versions.merge(stream, event.version, Math::min)));
            }
        }
    }

    /** What ends a transaction that the schedule rolls back. */
    private static final class RolledBack extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RolledBack() {
            super("wanted", null, false, false);
        }
    }

    private static void await(CompletableFuture<?> future) {
        try {
            future.get(PATIENCE, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("The writer waits", e);
        }
    }

    void append(List<Write> writes) {
        open(writes).commit();
    }

    Open open(List<Write> writes) {
        return new Open(writes);
    }

    private void noteInWorld(Write write) {
        if (write instanceof Write.Fire fire) {
            place.readModel().happened(fire.trigger().toString());
        } else if (write instanceof Write.Ask) {
            place.readModel().happened(write.toString());
        }
    }

    private java.util.Optional<String> stream(Write write) {
        if (write instanceof Write.Act act) {
            return java.util.Optional.of(names.ofAggregate(act.aggregate()));
        }
        return write instanceof Write.Fire fire
                ? java.util.Optional.of(names.ofEffects(fire.trigger()))
                : java.util.Optional.empty();
    }

    private Pending pending(Write write) {
        long version = stream(write)
                .map(stream -> versions.merge(stream, 1L, Long::sum) - 1)
                .orElse(0L);
        return new Pending(write, version, message(write, version));
    }

    private EventMessage<?> message(Write write, long version) {
        if (write instanceof Write.Ask ask) {
            List<String> groups = ask.group().stream().toList();
            return GenericEventMessage.asEventMessage(ask.aggregate()
                    .map(aggregate -> ReplayRequested.of("ask", aggregate, groups))
                    .orElseGet(() -> ReplayRequested.ofKind("ask", "book", groups)));
        }
        if (write instanceof Write.Fire fire) {
            return new GenericDomainEventMessage<>(
                    StreamNames.EFFECT_TYPE,
                    names.ofEffects(fire.trigger()),
                    version,
                    EffectFired.of(new Effect("fired", fire.trigger())));
        }
        Write.Act act = (Write.Act) write;
        return new GenericDomainEventMessage<>(
                act.aggregate().kind(),
                names.ofAggregate(act.aggregate()),
                version,
                PatchApplied.of(new Action(
                        "act",
                        Identity.of("user", "bob"),
                        act.aggregate(),
                        Patch.builder().assoc("a", 1).build(),
                        new TreeSet<>(act.links()))),
                act.split() && place.splits() ? MetaData.with(GapProducingEngine.SPLIT, 0) : MetaData.emptyInstance());
    }
}
