package dev.coherence.conflict;

import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.action.RecordedAction;
import dev.coherence.document.Document;
import dev.coherence.encryption.Encryption;
import dev.coherence.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The disputes that a patch has with the unseen actions on its aggregate. For one detection, one thread. */
final class Disputes {

    private final Identity aggregate;
    private final Encryption encryption;
    private final Supplier<Document> base;
    private final Supplier<Document> theirsOverNothing;
    private final Supplier<Document> theirsOverBase;
    /** The numbers of the unseen actions by the paths that they touch; descendants of a path follow it directly. */
    private final SortedMap<Path, List<Long>> touched = new TreeMap<>();

    Disputes(Identity aggregate, List<RecordedAction> unseen, Supplier<Document> base, Encryption encryption) {
        this.aggregate = aggregate;
        this.encryption = encryption;
        this.base = new Lazy<>(base);
        this.theirsOverNothing = new Lazy<>(() -> Document.empty().applyAll(unseen.stream()));
        this.theirsOverBase = new Lazy<>(() -> this.base.get().applyAll(unseen.stream()));
        for (RecordedAction theirs : unseen) {
            for (Path path : theirs.action().patch().paths()) {
                touched.computeIfAbsent(path, p -> new ArrayList<>()).add(theirs.sequenceNumber());
            }
        }
    }

    /** In the order of their paths. */
    List<Dispute> over(Patch ours) {
        List<Dispute> disputes = new ArrayList<>();
        for (Path path : ours.paths()) {
            disputeAt(path, Optional.ofNullable(ours.assoc().get(path))).ifPresent(disputes::add);
        }
        return disputes;
    }

    private Optional<Dispute> disputeAt(Path path, Optional<Value> ours) {
        SortedSet<Long> atOrAbove = touchedAtOrAbove(path);
        SortedSet<Long> overlapping = new TreeSet<>(atOrAbove);
        overlapping.addAll(touchedBelow(path));
        if (overlapping.isEmpty()) {
            return Optional.empty();
        }
        // Once an action has set the whole of our path, what the base had there no longer matters.
        Document after = atOrAbove.isEmpty() ? theirsOverBase.get() : theirsOverNothing.get();
        Optional<Value> theirs = after.get(path);
        if (areSame(path, theirs, ours)) {
            return Optional.empty();
        }
        return Optional.of(new Dispute(
                path, masked(base.get().get(path)), masked(ours), masked(theirs), List.copyOf(overlapping)));
    }

    private static Optional<Value> masked(Optional<Value> value) {
        return value.map(Value::masked);
    }

    private boolean areSame(Path path, Optional<Value> theirs, Optional<Value> ours) {
        if (theirs.isEmpty() || ours.isEmpty()) {
            return theirs.equals(ours);
        }
        return encryption.areSame(aggregate, path, theirs.get(), ours.get());
    }

    private SortedSet<Long> touchedAtOrAbove(Path path) {
        SortedSet<Long> numbers = new TreeSet<>();
        for (int length = 1; length <= path.keys().size(); length++) {
            Path prefix = new Path(path.keys().subList(0, length));
            numbers.addAll(touched.getOrDefault(prefix, List.of()));
        }
        return numbers;
    }

    private SortedSet<Long> touchedBelow(Path path) {
        SortedSet<Long> numbers = new TreeSet<>();
        for (var entry : touched.tailMap(path).entrySet()) {
            if (!entry.getKey().startsWith(path)) {
                break;
            }
            numbers.addAll(entry.getValue());
        }
        return numbers;
    }
}
