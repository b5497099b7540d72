package dev.coherence.document;

import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.action.RecordedAction;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.MapValue;
import dev.coherence.value.Value;
import dev.coherence.value.WellFormed;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of one aggregate: a map of values, which patches change. Immutable.
 *
 * <p>Every patch can be applied to every document:
 *
 * <ul>
 *   <li>assoc creates the maps that are missing on the way; a value on the way that is no map is replaced by one;
 *   <li>dissoc of what is not there, or lies beyond a value that is no map, changes nothing; maps that it leaves empty
 *       stay.
 * </ul>
 */
public final class Document {

    private static final Document EMPTY = new Document(MapValue.empty());

    private final MapValue value;

    private Document(MapValue value) {
        this.value = value;
    }

    /** The document without entries: the state of an aggregate before its first action. */
    public static Document empty() {
        return EMPTY;
    }

    /**
     * The document that holds the given entries.
     *
     * @throws InvalidInputException with place {@code document}, if the value is null
     */
    public static Document of(MapValue value) {
        return new Document(WellFormed.present("document", value));
    }

    /**
     * The document after the given patch; this one stays as it is. Always succeeds. A patch that {@linkplain
     * Patch#everything() touches everything} does not say which values it sets: what was known before is returned.
     */
    public Document apply(Patch patch) {
        if (patch.touchesNothing() || patch.touchesEverything()) {
            return this;
        }
        return new Document(new PatchApplication(patch).to(value));
    }

    /**
     * The document after the patches of the given actions, in their order; this one stays as it is. Consumes and closes the
     * stream.
     */
    public Document applyAll(Stream<RecordedAction> actions) {
        Document document = this;
        try (actions) {
            Iterator<RecordedAction> each = actions.iterator();
            while (each.hasNext()) {
                document = document.apply(each.next().action().patch());
            }
        }
        return document;
    }

    /** What stands at the given path; empty if nothing does. A JSON null is something. */
    public Optional<Value> get(Path path) {
        Value at = value;
        for (String key : path.keys()) {
            Value next = at instanceof MapValue map ? map.entries().get(key) : null;
            if (next == null) {
                return Optional.empty();
            }
            at = next;
        }
        return Optional.of(at);
    }

    /** All entries. */
    public MapValue value() {
        return value;
    }

    /** Whether it has no entries: true before the first action, and after everything was dissociated. */
    public boolean isEmpty() {
        return value.entries().isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Document that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** The canonical JSON text of all entries. */
    @Override
    public String toString() {
        return value.toJson();
    }
}
