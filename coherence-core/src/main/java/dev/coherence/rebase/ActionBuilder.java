package dev.coherence.rebase;

import dev.coherence.action.Action;
import dev.coherence.action.Change;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.encryption.Encrypted;
import dev.coherence.encryption.Encryption;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.Value;
import dev.coherence.value.WellFormed;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Describes an action of a history. Reason, actor, aggregate and at least one entry of the patch are required. Whatever
 * is malformed is refused with an {@link InvalidInputException}, at once or when the action is complete. Not
 * thread-safe.
 */
public final class ActionBuilder extends EntryBuilder<ActionBuilder> {

    private final Encryption encryption;
    private final Patch.Builder patch = Patch.builder();
    private final SortedMap<Path, Encrypted> encrypted = new TreeMap<>();
    private final SortedSet<Identity> triggers = new TreeSet<>();
    private @Nullable Identity actor;
    private @Nullable Identity aggregate;

    ActionBuilder(Encryption encryption) {
        this.encryption = encryption;
    }

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

    /**
     * Associates a value with the path that is written as {@link Path#parse} reads it; see {@link Patch.Builder}. If it is {@link
     * Encrypted}, it is stored so, and the aggregate is linked to the key.
     *
     * @throws InvalidInputException as {@link Patch.Builder#assoc}, and if the value, or something in it, was encrypted before:
     *     it could be read nowhere else
     */
    public ActionBuilder assoc(String path, @Nullable Object value) {
        patch.assoc(path, clear(value));
        return encrypt(Path.parse(path), value);
    }

    /**
     * Associates a value with a path; see {@link #assoc(String, Object)}.
     *
     * @throws InvalidInputException as {@link #assoc(String, Object)}
     */
    public ActionBuilder assoc(Path path, @Nullable Object value) {
        patch.assoc(path, clear(value));
        return encrypt(path, value);
    }

    /** Until all is encrypted, null holds the place, so that the path is checked with the others. */
    private static @Nullable Object clear(@Nullable Object value) {
        return value instanceof Encrypted ? Value.NULL : value;
    }

    private ActionBuilder encrypt(Path path, @Nullable Object value) {
        if (value instanceof Encrypted secret) {
            encrypted.put(path, secret);
        }
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
        WellFormed.name("reason", reason); // all this is checked before anything is encrypted
        Identity author = WellFormed.present("actor", actor);
        Identity target = WellFormed.present("aggregate", aggregate);
        return new Action(reason, author, target, encryptedFor(target), triggers);
    }

    private Patch encryptedFor(Identity target) {
        Patch described = patch.build();
        described.assoc().forEach(ActionBuilder::checkIsClear);
        if (encrypted.isEmpty()) {
            return described;
        }
        SortedMap<Path, Value> assoc = new TreeMap<>(described.assoc());
        encrypted.forEach(
                (path, secret) -> assoc.put(path, encryption.encrypt(secret, Encryption.label(target, path))));
        return new Patch(assoc, described.dissoc());
    }

    private static void checkIsClear(Path path, Value value) {
        if (value.isEncrypted()) {
            throw new InvalidInputException(
                    "patch.assoc[" + InvalidInputException.quoted(path.toString()) + "]",
                    "was encrypted for another place, where alone it can be read; decrypt it, and give it as Encrypted");
        }
    }

    private static Identity identity(String place, String kind, String id) {
        return InvalidInputException.inside(place, () -> Identity.of(kind, id));
    }
}
