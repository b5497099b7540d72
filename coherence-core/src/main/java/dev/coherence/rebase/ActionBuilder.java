package dev.coherence.rebase;

import dev.coherence.action.Action;
import dev.coherence.action.Change;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.WellFormed;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Describes an action of a history. Reason, actor, aggregate and at least one entry of the patch are required. Whatever
 * is malformed is refused with an {@link InvalidInputException}, at once or when the action is complete. Not
 * thread-safe.
 */
public final class ActionBuilder extends EntryBuilder<ActionBuilder> {

    private final Patch.Builder patch = Patch.builder();
    private final SortedSet<Identity> triggers = new TreeSet<>();
    private @Nullable Identity actor;
    private @Nullable Identity aggregate;

    ActionBuilder() {}

    /** Who acts; required. */
    public ActionBuilder actor(String kind, String id) {
        return actor(identity("actor", kind, id));
    }

    /** Who acts; required. */
    public ActionBuilder actor(Identity actor) {
        this.actor = actor;
        return this;
    }

    /** What is acted on; required. */
    public ActionBuilder aggregate(String kind, String id) {
        return aggregate(identity("aggregate", kind, id));
    }

    /** What is acted on; required. */
    public ActionBuilder aggregate(Identity aggregate) {
        this.aggregate = aggregate;
        return this;
    }

    /** Associates a value with the path that is written as {@link Path#parse} reads it; see {@link Patch.Builder}. */
    public ActionBuilder assoc(String path, @Nullable Object value) {
        patch.assoc(path, value);
        return this;
    }

    /** Associates a value with a path; see {@link Patch.Builder}. */
    public ActionBuilder assoc(Path path, @Nullable Object value) {
        patch.assoc(path, value);
        return this;
    }

    /** Dissociates the path that is written as {@link Path#parse} reads it. */
    public ActionBuilder dissoc(String path) {
        patch.dissoc(path);
        return this;
    }

    /** Dissociates a path. */
    public ActionBuilder dissoc(Path path) {
        patch.dissoc(path);
        return this;
    }

    /** Links the aggregate to one more trigger. */
    public ActionBuilder trigger(String kind, String id) {
        return trigger(identity("triggers[" + triggers.size() + "]", kind, id));
    }

    /** Links the aggregate to one more trigger. */
    public ActionBuilder trigger(Identity trigger) {
        triggers.add(WellFormed.present("triggers[" + triggers.size() + "]", trigger));
        return this;
    }

    @Override
    ActionBuilder self() {
        return this;
    }

    @Override
    Change change(String reason) {
        return new Action(
                reason,
                WellFormed.present("actor", actor),
                WellFormed.present("aggregate", aggregate),
                patch.build(),
                triggers);
    }

    private static Identity identity(String place, String kind, String id) {
        return InvalidInputException.inside(place, () -> Identity.of(kind, id));
    }
}
