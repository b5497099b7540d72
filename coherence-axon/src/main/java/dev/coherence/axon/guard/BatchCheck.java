package dev.coherence.axon.guard;

import static java.util.stream.Collectors.toCollection;

import dev.coherence.action.Identity;
import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.axon.conflict.ConflictReport;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.axon.conflict.ReportedConflict;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.LockMode;
import dev.coherence.axon.index.Probe;
import dev.coherence.axon.index.ReadState;
import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.axonframework.eventhandling.EventMessage;

/** The check of one batch, as {@link ConflictGuard} has its steps. For one use. */
final class BatchCheck {

    private final EventIndex index;
    private final EventDescriptors descriptors;
    private final ConflictSearch search;
    private final AppendedWork work;
    private final Batch batch;
    private final EventLaying laying;
    private final EventNotes notes;
    private final CompanionEffects companions;
    private Map<ReadState, Probe> probes = Map.of();

    BatchCheck(Guarded guarded, ConflictSearch search, EventCodec codec, AppendedWork work, Batch batch) {
        this.index = guarded.index();
        this.descriptors = guarded.descriptors();
        this.search = search;
        this.work = work;
        this.batch = batch;
        this.laying = new EventLaying(search, this::lastNumber, this::lockFor);
        this.notes = new EventNotes(guarded, codec);
        this.companions = new CompanionEffects(guarded, codec, work);
    }

    /** Returns what is to be appended in the place of the events that are not appended as they are. */
    Map<Integer, EventMessage<?>> run() {
        lock();
        Map<Integer, Verdict> verdicts = new HashMap<>();
        byCommand().forEach((command, events) -> verdicts.putAll(check(command, events)));
        Map<Integer, EventMessage<?>> changed = new HashMap<>();
        for (GuardedEvent event : batch.events()) {
            Verdict verdict = verdicts.getOrDefault(event.place(), Verdict.asItIs(event));
            changed.put(event.place(), notes.on(event, verdict));
        }
        batch.requests()
                .forEach(request -> changed.computeIfAbsent(request.place(), place -> notes.on(request.message())));
        companions.prepare(effects(verdicts));
        return changed;
    }

    /** The effects that the events fire as they are appended, one for each trigger, reason and key. */
    private Collection<RequestedEffect> effects(Map<Integer, Verdict> verdicts) {
        Map<Integer, List<RequestedEffect>> effects = new TreeMap<>();
        batch.requests().forEach(request -> effects.put(request.place(), request.effects()));
        verdicts.forEach((place, verdict) -> {
            if (!verdict.replaced().isEmpty()) {
                effects.put(place, effects(verdict.message().getPayload()));
            }
        });
        return effects.values().stream().flatMap(List::stream).collect(toCollection(LinkedHashSet::new));
    }

    private List<RequestedEffect> effects(Object payload) {
        return RequestedEffect.by(descriptors.of(payload.getClass()), payload);
    }

    private void lock() {
        SortedMap<Identity, LockMode> wanted = new TreeMap<>();
        batch.links().forEach(trigger -> want(wanted, trigger, LockMode.SHARED));
        batch.fired().forEach(trigger -> want(wanted, trigger, LockMode.EXCLUSIVE));
        Set<ReadState> read = new LinkedHashSet<>();
        for (GuardedEvent event : batch.events()) {
            CommandContext command = event.context();
            if (command != null
                    && command.base().position().isPresent()
                    && work.needsLockOfChanges(event.aggregate())) {
                base(command, event).ifPresent(base -> read.add(new ReadState(event.aggregate(), base)));
            }
        }
        if (!read.isEmpty()) {
            probes = index.lockChangesTo(read, wanted);
        } else if (!wanted.isEmpty()) {
            index.lock(wanted);
        }
    }

    /** Locks what the payload of an event links to and fires that takes the place of another. */
    private void lockFor(Object payload) {
        SortedMap<Identity, LockMode> wanted = new TreeMap<>();
        descriptors.of(payload.getClass()).links(payload).forEach(trigger -> want(wanted, trigger, LockMode.SHARED));
        effects(payload).forEach(effect -> want(wanted, effect.effect().trigger(), LockMode.EXCLUSIVE));
        if (!wanted.isEmpty()) {
            index.lock(wanted);
        }
    }

    private void want(SortedMap<Identity, LockMode> wanted, Identity trigger, LockMode mode) {
        if (work.needsLock(trigger, mode)) {
            wanted.put(trigger, mode);
        }
    }

    private Map<CommandContext, List<GuardedEvent>> byCommand() {
        Map<CommandContext, List<GuardedEvent>> byCommand = new LinkedHashMap<>();
        for (GuardedEvent event : batch.events()) {
            if (event.context() != null) {
                byCommand
                        .computeIfAbsent(event.context(), context -> new ArrayList<>())
                        .add(event);
            }
        }
        return byCommand;
    }

    private Map<Integer, Verdict> check(CommandContext command, List<GuardedEvent> events) {
        checkVersionIsOfOne(command, events);
        Map<Integer, Verdict> verdicts = new HashMap<>();
        List<ReportedConflict> conflicts = new ArrayList<>();
        for (GuardedEvent event : events) {
            base(command, event)
                    .ifPresent(base -> verdicts.put(
                            event.place(), laying.lay(command, event, unseen(command, event, base), base, conflicts)));
        }
        checkResolvedExist(command);
        if (!conflicts.isEmpty()) {
            throw new ConflictException(ConflictReport.of(command.intent().command(), command.base(), conflicts));
        }
        return verdicts;
    }

    /**
     * An aggregate that the command creates has no earlier version, and does not count. If there is no other one, the
     * version belongs to none, unless to one that has handled the command and was not changed.
     */
    private void checkVersionIsOfOne(CommandContext command, List<GuardedEvent> events) {
        if (command.base().version().isEmpty()) {
            return;
        }
        for (GuardedEvent event : events) {
            if (firstVersion(event.aggregate()) > 0) {
                command.changed().add(event.aggregate());
            }
        }
        if (command.changed().size() > 1) {
            throw new InvalidCommandException(
                    command.intent().simpleName(),
                    ("its revision %s has a version, which belongs to one aggregate, but it changes %s; send a position"
                                    + " only, or give the commands that its handler sends revisions of their own")
                            .formatted(command.base(), command.changed()));
        }
        if (command.changed().isEmpty() && !command.ranInExisting()) {
            throw new InvalidCommandException(
                    command.intent().simpleName(),
                    "its revision %s has a version, but %s does not exist yet; send the position only, or no revision"
                            .formatted(command.base(), events.get(0).aggregate()));
        }
    }

    private Unseen unseen(CommandContext command, GuardedEvent event, Revision base) {
        Unseen known = command.unseen().get(event.aggregate());
        if (known == null) {
            ReadState read = new ReadState(event.aggregate(), base);
            known = Unseen.of(command, search.unseen(command, read, event.version(), probes.get(read)));
            command.unseen().put(event.aggregate(), known);
        }
        return known;
    }

    private long lastNumber() {
        return probes.values().stream().mapToLong(Probe::lastNumber).max().orElseGet(index::lastNumber);
    }

    private Optional<Revision> base(CommandContext command, GuardedEvent event) {
        return command.baseOf(firstVersion(event.aggregate()));
    }

    private long firstVersion(Identity aggregate) {
        return work.firstVersion(index.streamNames().ofAggregate(aggregate));
    }

    private void checkResolvedExist(CommandContext command) {
        SortedSet<Long> unknown = new TreeSet<>(command.intent().resolved());
        command.unseen().values().forEach(unseen -> unknown.removeAll(unseen.listed()));
        if (!unknown.isEmpty()) {
            unknown.removeAll(index.existing(unknown));
        }
        if (!unknown.isEmpty()) {
            throw new InvalidCommandException(
                    command.intent().simpleName(),
                    "lists %s as resolved, but there is no event with such a number; list numbers from the report of a"
                                    .formatted(unknown)
                            + " conflict");
        }
    }
}
