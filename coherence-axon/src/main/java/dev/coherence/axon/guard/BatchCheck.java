package dev.coherence.axon.guard;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.axon.conflict.ConflictReport;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.axon.conflict.ReportedConflict;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.LockMode;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.axonframework.eventhandling.EventMessage;

/** The check of one batch, as {@link ConflictGuard} has its steps. For one use. */
final class BatchCheck {

    private final EventIndex index;
    private final ConflictSearch search;
    private final AppendedWork work;
    private final Batch batch;
    private final EventLaying laying;
    private final EventNotes notes;
    private final CompanionEffects companions;

    BatchCheck(Guarded guarded, ConflictSearch search, EventCodec codec, AppendedWork work, Batch batch) {
        this.index = guarded.index();
        this.search = search;
        this.work = work;
        this.batch = batch;
        this.laying = new EventLaying(search, codec, this::lockLinks);
        this.notes = new EventNotes(guarded);
        this.companions = new CompanionEffects(guarded, codec, work);
    }

    /** Returns what is to be appended in the place of the events that are not appended as they are. */
    Map<Integer, EventMessage<?>> run() {
        batch.events().forEach(event -> work.firstVersion(event.aggregate(), event.version()));
        lock();
        Map<Integer, EventMessage<?>> changed = new HashMap<>();
        for (GuardedEvent event : batch.events()) {
            changed.put(event.place(), notes.on(event, Verdict.asItIs(event)));
        }
        byCommand().forEach((command, events) -> check(command, events)
                .forEach((event, verdict) -> changed.put(event.place(), notes.on(event, verdict))));
        companions.append(batch.effects());
        batch.events().forEach(event -> work.appended(event.aggregate()));
        return changed;
    }

    private void lock() {
        SortedMap<Identity, LockMode> wanted = new TreeMap<>();
        batch.links().forEach(trigger -> want(wanted, trigger, LockMode.SHARED));
        batch.effects().forEach(effect -> want(wanted, effect.trigger(), LockMode.EXCLUSIVE));
        Set<Identity> aggregates = new TreeSet<>();
        for (GuardedEvent event : batch.events()) {
            if (event.context() != null
                    && event.context().base().position().isPresent()
                    && work.needsLock(event.aggregate(), LockMode.SHARED)) {
                aggregates.add(event.aggregate());
            }
        }
        if (!aggregates.isEmpty()) {
            index.lockChangesTo(aggregates, wanted);
        } else if (!wanted.isEmpty()) {
            index.lock(wanted);
        }
    }

    /** Of an event that takes the place of another. */
    private void lockLinks(Collection<Identity> links) {
        SortedMap<Identity, LockMode> wanted = new TreeMap<>();
        links.forEach(trigger -> want(wanted, trigger, LockMode.SHARED));
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

    private Map<GuardedEvent, Verdict> check(CommandContext command, List<GuardedEvent> events) {
        checkVersionIsOfOne(command, events);
        Map<GuardedEvent, Verdict> verdicts = new LinkedHashMap<>();
        List<ReportedConflict> conflicts = new ArrayList<>();
        for (GuardedEvent event : events) {
            command.baseOf(work.firstVersion(event.aggregate(), event.version()))
                    .ifPresent(base -> verdicts.put(
                            event, laying.lay(command, event, unseen(command, event, base), base, conflicts)));
        }
        checkResolvedExist(command);
        if (!conflicts.isEmpty()) {
            throw new ConflictException(
                    ConflictReport.of(command.intent().command(), command.base(), conflicts));
        }
        return verdicts;
    }

    /** An aggregate that the command creates has no earlier version, and does not count. */
    private void checkVersionIsOfOne(CommandContext command, List<GuardedEvent> events) {
        if (command.base().version().isEmpty()) {
            return;
        }
        for (GuardedEvent event : events) {
            if (work.firstVersion(event.aggregate(), event.version()) > 0) {
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
    }

    private Unseen unseen(CommandContext command, GuardedEvent event, Revision base) {
        Unseen known = command.unseen().get(event.aggregate());
        if (known == null) {
            known = Unseen.of(command, find(command, event, base));
            command.unseen().put(event.aggregate(), known);
        }
        return known;
    }

    private List<Event> find(CommandContext command, GuardedEvent event, Revision base) {
        long first = work.firstVersion(event.aggregate(), event.version());
        boolean oursAreStored = work.hasAppended(event.aggregate());
        return search.unseen(command, event.aggregate(), base, oursAreStored ? event.version() : first).stream()
                .filter(unseen -> !ConflictSearch.isLater(unseen, first))
                .filter(unseen -> !work.isOurs(unseen))
                .toList();
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
