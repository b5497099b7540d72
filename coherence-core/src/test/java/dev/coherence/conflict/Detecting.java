package dev.coherence.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.document.Document;
import dev.coherence.encryption.Encryption;
import dev.coherence.value.MapValue;
import dev.coherence.value.Value;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Short words for actions, detections and what they are to find. */
final class Detecting {

    private Detecting() {}

    static Document unneeded() {
        return fail("the base was asked for");
    }

    static Detection strict(Patch ours, Supplier<Document> base, Event... unseen) {
        return ConflictDetection.detect(ConflictPolicy.STRICT, ours(ours), List.of(unseen), base, Encryption.none());
    }

    static Detection merge(Patch ours, Supplier<Document> base, Event... unseen) {
        return ConflictDetection.detect(ConflictPolicy.MERGE, ours(ours), List.of(unseen), base, Encryption.none());
    }

    static Detection detection(List<Conflict> conflicts, Long... merged) {
        return new Detection(conflicts, new TreeSet<>(List.of(merged)));
    }

    static void assertSoleDispute(Detection found, Dispute dispute) {
        assertSoleDisputeAmong(found, 1, dispute);
    }

    static void assertSoleDisputeAmong(Detection found, int conflicts, Dispute dispute) {
        assertThat(found.conflicts()).hasSize(conflicts);
        assertThat(found.conflicts()).extracting(Conflict::disputes).containsOnly(List.of(dispute));
    }

    static Dispute dispute(
            String path, Optional<Value> base, Optional<Value> ours, Optional<Value> theirs, Long... events) {
        return new Dispute(Path.parse(path), base, ours, theirs, List.of(events));
    }

    static Optional<Value> value(Object java) {
        return Optional.of(Value.of(java));
    }

    static Optional<Value> none() {
        return Optional.empty();
    }

    static Supplier<Document> base(String key, Object value) {
        return () -> Document.of((MapValue) Value.of(Map.of(key, value)));
    }

    static Patch.Builder patch() {
        return Patch.builder();
    }

    static Patch set(String path, Object value) {
        return patch().assoc(path, value).build();
    }

    static Patch remove(String path) {
        return patch().dissoc(path).build();
    }

    static RecordedAction ours(Patch patch) {
        return theirs(100, patch);
    }

    static RecordedAction theirs(long number, Patch patch) {
        Identity book = Identity.of("book", "Neuromancer");
        Action action = new Action("update", Identity.of("user", "bob"), book, patch, Collections.emptySortedSet());
        return new RecordedAction(number, number, Instant.EPOCH, "test", action);
    }

    static RecordedEffect fired(long number) {
        Effect effect = new Effect("key-expired", Identity.of("encryption-key", "1"));
        return new RecordedEffect(number, Instant.EPOCH, "test", effect);
    }
}
