package dev.coherence.axon.event;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.coherence.action.Action;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.axonframework.serialization.Revision;

/**
 * The stored form of an action on a plain aggregate: the payload of a domain event in the stream of that aggregate.
 *
 * <p>Holds text only, because text is what every serializer (Jackson 2 and 3, XStream) gives back unchanged: identities
 * and paths in their printed form, values as canonical JSON. A plain class with fields, because XStream cannot read
 * records. Immutable and thread-safe.
 */
@Revision("1")
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public final class PatchApplied {

    private final String reason;
    private final String actor;
    private final LinkedHashMap<String, String> assoc;
    private final ArrayList<String> dissoc;
    private final ArrayList<String> triggers;

    @JsonCreator
    PatchApplied(
            @JsonProperty("reason") String reason,
            @JsonProperty("actor") String actor,
            @JsonProperty("assoc") Map<String, String> assoc,
            @JsonProperty("dissoc") List<String> dissoc,
            @JsonProperty("triggers") List<String> triggers) {
        this.reason = reason;
        this.actor = actor;
        this.assoc = new LinkedHashMap<>(assoc);
        this.dissoc = new ArrayList<>(dissoc);
        this.triggers = new ArrayList<>(triggers);
    }

    /**
     * Returns the stored form of the action; its aggregate is told by the stream that the event is stored in.
     *
     * @throws InvalidInputException if the patch names no path: only events of annotated aggregates have such patches
     */
    public static PatchApplied of(Action action) {
        if (action.patch().paths().isEmpty()) {
            throw new InvalidInputException("patch", "names no path; %s cannot be stored".formatted(action.patch()));
        }
        LinkedHashMap<String, String> assoc = new LinkedHashMap<>();
        action.patch().assoc().forEach((path, value) -> assoc.put(path.toString(), value.toJson()));
        return new PatchApplied(
                action.reason(),
                action.actor().toString(),
                assoc,
                texts(action.patch().dissoc()),
                texts(action.triggers()));
    }

    /** Returns the action, given the aggregate whose stream the event was read from. */
    public Action toAction(Identity aggregate) {
        return new Action(reason, actor(), aggregate, patch(), triggers());
    }

    /** Returns why the actor changed the aggregate. */
    public String reason() {
        return reason;
    }

    /** Returns who changed the aggregate. */
    public Identity actor() {
        return Identity.parse(actor);
    }

    /** Returns what was associated and dissociated. */
    public Patch patch() {
        SortedMap<Path, Value> associated = new TreeMap<>();
        assoc.forEach((path, value) -> associated.put(Path.parse(path), Value.parse(value)));
        SortedSet<Path> dissociated = dissoc.stream().map(Path::parse).collect(toCollection(TreeSet::new));
        return new Patch(associated, dissociated);
    }

    /** Returns the triggers that this action links its aggregate to; may be empty. */
    public SortedSet<Identity> triggers() {
        return triggers.stream().map(Identity::parse).collect(toCollection(TreeSet::new));
    }

    private static List<String> texts(SortedSet<?> things) {
        return things.stream().map(Object::toString).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PatchApplied that
                && reason.equals(that.reason)
                && actor.equals(that.actor)
                && assoc.equals(that.assoc)
                && dissoc.equals(that.dissoc)
                && triggers.equals(that.triggers);
    }

    @Override
    public int hashCode() {
        return 31 * reason.hashCode() + assoc.hashCode();
    }

    /** Names reason, actor and paths, never values, since it may end up in a log. */
    @Override
    public String toString() {
        return "PatchApplied[reason=%s, actor=%s, assoc=%s, dissoc=%s, triggers=%s]"
                .formatted(reason, actor, assoc.keySet(), dissoc, triggers);
    }
}
