package dev.coherence.axon.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.coherence.action.Identity;
import dev.coherence.axon.Serializers;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.TypedBook;
import dev.coherence.axon.TypedBook.Encrypted;
import dev.coherence.axon.TypedBook.Shelved;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.axon.event.CoherenceMetaData;
import dev.coherence.axon.event.ReplayRequested;
import dev.coherence.axon.index.BuildListener;
import dev.coherence.axon.index.BuildResult;
import dev.coherence.axon.index.Discrepancy.Problem;
import dev.coherence.axon.index.IndexMaintenance;
import dev.coherence.axon.index.Span;
import dev.coherence.axon.index.UnreadableEvent;
import dev.coherence.axon.index.Verification;
import dev.coherence.axon.jdbc.OldEvents.Stored;
import dev.coherence.revision.Revision;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What verification finds and a rebuild mends, and what neither can read. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"H2_JDBC", "H2_JPA", "POSTGRES_JDBC", "POSTGRES_JPA"})
class IndexVerificationTest {

    private static final Identity KEY = Identity.of("key", "1");

    @Parameter
    Engine engine = Engine.H2_JDBC;

    private TestStore store;
    private OldEvents events;

    @BeforeEach
    void open() {
        store = engine.open(TypedBook.names());
        events = new OldEvents(store, 3);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private IndexMaintenance maintenance() {
        return store.index.maintenance();
    }

    private Verification verify() {
        JdbcEventIndexBuilder builder = store.anotherIndex();
        builder.batchSize = 2;
        return builder.build().maintenance().verify(BuildListener.none());
    }

    @Nested
    class Each_kind_of_damage {

        @BeforeEach
        void store_events() {
            events.append(
                    events.typed("ubik"),
                    events.typed("ubik", KEY),
                    events.typed("ubik", KEY),
                    events.effect(KEY),
                    OldEvents.request(ReplayRequested.of("mended", Identity.of("shelf", "1"), List.of("a", "b"))),
                    events.plain("shelf", "1", KEY));
            assertThat(verify().isFaultless()).isTrue();
        }

        @ParameterizedTest
        @CsvSource(delimiter = ';', textBlock = """
                MISSING; DELETE FROM coherence_link WHERE aggregate_identifier = 'ubik'; ubik
                MISSING; DELETE FROM coherence_effect; effect 4
                MISSING; DELETE FROM coherence_replay; request 5
                WRONG; UPDATE coherence_link SET sequence_number = 3 WHERE aggregate_identifier = 'ubik'; since event 3
                WRONG; UPDATE coherence_link SET aggregate_number = 2 WHERE aggregate_identifier = 'ubik'; number 2
                WRONG; UPDATE coherence_link SET aggregate_type = 'x' WHERE aggregate_identifier = 'ubik'; type x
                WRONG; UPDATE coherence_effect SET trigger_name = 'key:2'; key:2
                WRONG; UPDATE coherence_effect SET aggregate_identifier = 'x'; aggregate x
                WRONG; UPDATE coherence_replay SET processing_groups = NULL; all groups
                """)
        void is_found_and_mended(Problem problem, String damage, String told) {
            events.execute(damage);
            Verification found = verify();
            assertThat(found.discrepancies()).hasSize(1).allSatisfy(one -> {
                assertThat(one.problem()).isEqualTo(problem);
                assertThat(one.row()).contains(told);
            });
            assertThat(found.missing()).isEqualTo(problem == Problem.MISSING ? 1 : 0);
            assertThat(found.wrong()).isEqualTo(problem == Problem.WRONG ? 1 : 0);

            assertThat(maintenance().rebuild(BuildListener.none()).state().isComplete())
                    .isTrue();
            assertThat(verify().isFaultless()).isTrue();
            assertThat(events.found()).isEqualTo(events.expected());
        }

        @ParameterizedTest
        @CsvSource(delimiter = ';', textBlock = """
                WRONG; UPDATE coherence_link SET sequence_number = 1 WHERE aggregate_identifier = 'ubik'
                SUPERFLUOUS; INSERT INTO coherence_link VALUES ('ubik', 'key:9', 2, 1, 'Book')
                SUPERFLUOUS; INSERT INTO coherence_link VALUES ('gone', 'key:1', 2, 2, 'Book')
                SUPERFLUOUS; INSERT INTO coherence_effect VALUES (1, 'key:1', 'key:1')
                SUPERFLUOUS; INSERT INTO coherence_replay VALUES (77, 'mended', 'shelf', NULL, NULL)
                """)
        void that_says_too_much_is_found_and_left_to_people(Problem problem, String damage) {
            events.execute(damage);
            assertThat(verify().discrepancies()).hasSize(1).allMatch(one -> one.problem() == problem);
            assertThat(maintenance().rebuild(BuildListener.none()).corrected()).isZero();
            assertThat(verify().discrepancies()).hasSize(1);
        }
    }

    @Test
    void the_rows_of_an_aggregate_without_first_event_have_one_number() {
        events.append(events.typed("ubik"), events.typed("ubik", KEY), events.typed("ubik", Identity.of("key", "2")));
        events.execute("DELETE FROM DomainEventEntry WHERE sequenceNumber = 0 AND aggregateIdentifier = 'ubik'");
        assertThat(verify().isFaultless()).as("it keeps its number").isTrue();

        events.forgetIndex();
        IndexMaintenance hasty = store.anotherIndex()
                .gapTimeout(Duration.ofMillis(200)) // the deleted event has left a gap
                .build()
                .maintenance();
        assertThat(hasty.build(BuildListener.none()).links()).isEqualTo(2);
        assertThat(events.found()).containsExactly("link ubik, key:1, 2, 2, Book", "link ubik, key:2, 3, 2, Book");
        assertThat(verify().isFaultless()).isTrue();
    }

    @Nested
    class A_class_with_more_links {

        @BeforeEach
        void reopen() {
            store.close();
            store = engine.open(TypedBook.names(), Serializers.JACKSON_2);
            events = new OldEvents(store, 3);
        }

        @Test
        void is_linked_by_a_rebuild() {
            events.append(events.shelved("ubik", "A"), events.effect(Identity.of("shelf", "A")));
            rename(Shelved.class, ShelvedOnLinked.class);
            assertThat(maintenance().build(BuildListener.none()).eventsRead())
                    .as("it counts as complete")
                    .isZero();
            assertThat(verify().missing()).isEqualTo(1);

            BuildResult result = maintenance().rebuild(BuildListener.none());
            assertThat(result.links()).isEqualTo(1);
            assertThat(result.kinds()).containsExactly(TypedBook.KIND);
            assertThat(events.found()).contains("link ubik, shelf:A, 1, 1, " + TypedBook.KIND);
        }

        /** Which had links when the event was appended, as its metadata says. */
        @Test
        void is_linked_beside_what_metadata_tells() {
            Encrypted payload = new Encrypted("ubik", List.of("1"), "n");
            events.append(new Stored(
                    TypedBook.event(TypedBook.KIND, "ubik", 0, payload, Map.of(CoherenceMetaData.TRIGGERS, "key:7")),
                    Set.of(Identity.of("key", "7"))));
            assertThat(events.found()).containsExactly("link ubik, key:7, 1, 1, Book");
            assertThat(maintenance().rebuild(BuildListener.none()).links()).isEqualTo(1);
            assertThat(events.found()).containsExactly("link ubik, key:1, 1, 1, Book", "link ubik, key:7, 1, 1, Book");
        }

        @Test
        void cannot_be_linked_while_it_is_gone() {
            events.append(events.typed("ubik", KEY), events.typed("emma", KEY), events.effect(KEY), events.effect(KEY));
            events.forgetIndex();
            events.execute("UPDATE DomainEventEntry SET payloadType = 'gone.Away' WHERE aggregateIdentifier = 'ubik'");
            events.execute("UPDATE DomainEventEntry SET payloadRevision = 'x' WHERE globalIndex = 3");

            BuildResult result = maintenance().build(BuildListener.none());
            assertThat(result.unreadable()).map(UnreadableEvent::number).containsExactly(1L);
            assertThat(result.unreadable()).map(UnreadableEvent::payloadType).containsExactly("gone.Away");
            assertThat(result.state().unreadable()).isEqualTo(1);
            assertThat(result.state().isComplete()).isFalse();
            assertThat(result.links()).isEqualTo(1);
            assertThat(maintenance().build(BuildListener.none()).eventsRead())
                    .as("it was read to its end")
                    .isZero();
            assertThat(verify().unreadable()).isEqualTo(1);
            assertThat(verify().missing()).isZero();

            rename("gone.Away", Encrypted.class.getName());
            assertThat(maintenance().rebuild(BuildListener.none()).state().isComplete())
                    .isTrue();
            assertThat(events.found()).isEqualTo(events.expected());
        }

        @Test
        void and_a_broken_payload_does_not_keep_others_from_being_linked() {
            events.append(events.plain("shelf", "1", KEY), events.plain("shelf", "2", KEY), events.typed("ubik", KEY));
            events.forgetIndex();
            rename("dev.coherence.axon.event.PatchApplied", Shelved.class.getName(), 1);
            rename("dev.coherence.axon.event.PatchApplied", "dev.coherence.axon.event.EffectFired", 2);
            BuildResult result = maintenance().build(BuildListener.none());
            assertThat(result.links()).isEqualTo(1);
            assertThat(result.unreadable()).map(UnreadableEvent::number).containsExactly(2L);
        }

        private void rename(Class<?> from, Class<?> to) {
            rename(from.getName(), to.getName());
        }

        private void rename(String from, String to) {
            events.execute(
                    "UPDATE DomainEventEntry SET payloadType = '%s' WHERE payloadType = '%s'".formatted(to, from));
        }

        private void rename(String from, String to, long number) {
            events.execute(
                    "UPDATE DomainEventEntry SET payloadType = '%s' WHERE payloadType = '%s' AND globalIndex = %d"
                            .formatted(to, from, number));
        }
    }

    @Test
    void a_class_that_XStream_forbids_is_unreadable() {
        store.close();
        store = engine.open(TypedBook.names(), Serializers.XSTREAM);
        events = new OldEvents(store, 3);
        events.append(events.typed("ubik", KEY), events.typed("emma", KEY));
        events.forgetIndex();
        events.execute(
                "UPDATE DomainEventEntry SET payloadType = 'java.lang.ProcessBuilder' WHERE aggregateIdentifier = 'ubik'");
        BuildResult result = maintenance().build(BuildListener.none());
        assertThat(result.unreadable()).map(UnreadableEvent::payloadType).containsExactly("java.lang.ProcessBuilder");
        assertThat(result.links()).isEqualTo(1);
    }

    @Test
    void who_relies_on_an_incomplete_index_says_so_once() {
        events.append(events.typed("ubik", KEY));
        String silent = log(this::lookForEffects);
        assertThat(silent).doesNotContain("link index");

        events.forgetIndex();
        JdbcEventIndex another = store.anotherIndex().build();
        String told = log(() -> {
            another.unseen(Identity.of(TypedBook.KIND, "ubik"), Revision.at(0));
            another.unseen(Identity.of(TypedBook.KIND, "ubik"), Revision.at(0));
            Span all = new Span(Revision.at(0), Revision.at(100));
            another.replays().affectsAny(all, Set.of("shelf"));
            another.replays().affectsAny(all, Set.of("shelf"));
            another.maintenance().build(BuildListener.none());
        });
        assertThat(told)
                .containsOnlyOnce("Conflict checks may overlook effects: the link index was never built")
                .containsOnlyOnce("Replays may leave out aggregates: the link index was never built")
                .contains("axon.coherence.index.build=if-incomplete", "The link index is complete now");
    }

    private void lookForEffects() {
        var unused = store.index.unseen(Identity.of(TypedBook.KIND, "ubik"), Revision.at(0));
    }

    private static String log(Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return written.toString(StandardCharsets.UTF_8);
    }

    /** What {@link Shelved} became. */
    @JsonAutoDetect(fieldVisibility = Visibility.ANY)
    @SuppressWarnings("unused") // read by reflection
    public static final class ShelvedOnLinked {
        @LinkedTo("shelf")
        private final String shelf;

        @JsonCreator
        public ShelvedOnLinked(@JsonProperty("shelf") String shelf) {
            this.shelf = shelf;
        }
    }
}
