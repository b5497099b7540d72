package dev.coherence.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.RandomPatches;
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
import dev.coherence.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random cases against an oracle that always folds whole documents. */
class ConflictDetectionOracleTest {

    private static final int CASES = 4_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void detection_agrees_with_whole_documents(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            Case drawn = Case.draw(random);
            assertThat(drawn.detect(ConflictPolicy.MERGE))
                    .as("seed %d, case %d: %s", seed, i, drawn)
                    .isEqualTo(drawn.expected(ConflictPolicy.MERGE));
            assertThat(drawn.detect(ConflictPolicy.STRICT))
                    .as("seed %d, case %d: %s", seed, i, drawn)
                    .isEqualTo(drawn.expected(ConflictPolicy.STRICT));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void what_merges_loses_nothing(long seed) {
        Random random = new Random(seed);
        int merged = 0;
        for (int i = 0; i < CASES; i++) {
            Case drawn = Case.draw(random);
            if (!drawn.detect(ConflictPolicy.MERGE).conflicts().isEmpty()) {
                continue;
            }
            merged++;
            Document both = drawn.theirs().apply(drawn.ours().action().patch());
            drawn.touchedByThem()
                    .forEach(path -> assertThat(both.get(path))
                            .as("theirs at %s, seed %d: %s", path, seed, drawn)
                            .isEqualTo(drawn.theirs().get(path)));
            drawn.ours()
                    .action()
                    .patch()
                    .paths()
                    .forEach(path -> assertThat(both.get(path))
                            .as("ours at %s, seed %d: %s", path, seed, drawn)
                            .isEqualTo(drawn.oursAt(path)));
        }
        assertThat(merged).as("cases without conflict").isGreaterThan(CASES / 10);
    }

    /** An action of ours on a base, and what happened meanwhile. */
    private record Case(Document base, RecordedAction ours, List<Event> unseen) {

        static Case draw(Random random) {
            RandomPatches patches = new RandomPatches(random);
            Document base = Document.empty();
            for (int i = random.nextInt(4); i > 0; i--) {
                base = base.apply(patches.next());
            }
            List<Event> unseen = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                long number = 10L + unseen.size();
                unseen.add(random.nextInt(8) == 0 ? effect(number) : action(number, patches.next()));
            }
            return new Case(base, action(100, patches.next()), unseen);
        }

        Detection detect(ConflictPolicy policy) {
            return ConflictDetection.detect(policy, ours, unseen, () -> base, Encryption.none());
        }

        Detection expected(ConflictPolicy policy) {
            List<Dispute> disputes = ours.action().patch().paths().stream()
                    .flatMap(path -> disputeAt(path).stream())
                    .toList();
            List<Conflict> conflicts = new ArrayList<>();
            TreeSet<Long> merged = new TreeSet<>();
            for (Event theirs : unseen) {
                List<Dispute> listing = disputes.stream()
                        .filter(dispute -> dispute.events().contains(theirs.sequenceNumber()))
                        .toList();
                boolean mergeable = theirs instanceof RecordedAction && listing.isEmpty();
                if (policy == ConflictPolicy.MERGE && mergeable) {
                    merged.add(theirs.sequenceNumber());
                } else {
                    conflicts.add(new Conflict(ours, theirs, listing));
                }
            }
            return new Detection(conflicts, merged);
        }

        private Optional<Dispute> disputeAt(Path path) {
            List<Long> events = unseenActions()
                    .filter(theirs -> theirs.action().patch().paths().stream().anyMatch(path::overlaps))
                    .map(RecordedAction::sequenceNumber)
                    .toList();
            Optional<Value> theirs = theirs().get(path);
            return events.isEmpty() || theirs.equals(oursAt(path))
                    ? Optional.empty()
                    : Optional.of(new Dispute(path, base.get(path), oursAt(path), theirs, events));
        }

        Document theirs() {
            Document theirs = base;
            for (RecordedAction action : unseenActions().toList()) {
                theirs = theirs.apply(action.action().patch());
            }
            return theirs;
        }

        Optional<Value> oursAt(Path path) {
            return Optional.ofNullable(ours.action().patch().assoc().get(path));
        }

        List<Path> touchedByThem() {
            return unseenActions()
                    .flatMap(theirs -> theirs.action().patch().paths().stream())
                    .toList();
        }

        private Stream<RecordedAction> unseenActions() {
            return unseen.stream().filter(RecordedAction.class::isInstance).map(RecordedAction.class::cast);
        }

        private static RecordedAction action(long number, Patch patch) {
            Identity user = Identity.of("user", "bob");
            Identity book = Identity.of("book", "Neuromancer");
            Action action = new Action("update", user, book, patch, Collections.emptySortedSet());
            return new RecordedAction(number, number, Instant.EPOCH, "test", action);
        }

        private static RecordedEffect effect(long number) {
            Effect effect = new Effect("key-expired", Identity.of("encryption-key", "1"));
            return new RecordedEffect(number, Instant.EPOCH, "test", effect);
        }
    }
}
