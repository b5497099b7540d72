package dev.coherence.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.axon.index.EventIndex;
import dev.coherence.spring.boot.store.IndexBuilder;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** What the property says is done after the start, for a store that is older than its index. */
@ExtendWith(OutputCaptureExtension.class)
class IndexBuildTest {

    private static final String LINKS = "SELECT trigger_name FROM coherence_link";
    private static final String STATUS = "SELECT status FROM coherence_index_state";

    static Stream<TestDatabase> databases() {
        return Stream.of(TestDatabase.h2LikePostgres(), TestDatabase.postgres());
    }

    private static TestApplication application(TestDatabase database, String build) {
        return TestApplication.withJdbc(database)
                .with("axon.coherence.schema.initialize=always", "axon.coherence.index.build=" + build);
    }

    /** Two events with a link, and no index. */
    private static void fill(TestDatabase database) {
        database.withAxonTables();
        try (ConfigurableApplicationContext context =
                application(database, "never").start()) {
            Shelf.of(context).add("Neuromancer");
            Shelf.of(context).add("Ubik");
        }
        assertThat(database.query(STATUS)).as("a new store").containsExactly("complete");
        database.execute("DELETE FROM coherence_link", "DELETE FROM coherence_index_state");
    }

    @ParameterizedTest
    @MethodSource("databases")
    void an_index_that_is_not_complete_is_built(TestDatabase database, CapturedOutput output) {
        fill(database);
        try (ConfigurableApplicationContext context =
                application(database, "if-incomplete").start()) {
            await(() -> context.getBean(EventIndex.class).maintenance().state().isComplete());
        }
        assertThat(database.query(LINKS)).hasSize(2);
        assertThat(output)
                .contains("The link index is complete: 2 events read; 2 links")
                .contains("Links were added for aggregates of [book]", "Effects.replayKind");
    }

    @Test
    void a_complete_one_is_left_alone_until_it_is_to_be_rebuilt() {
        TestDatabase database = TestDatabase.h2LikePostgres();
        fill(database);
        startUntil(database, "if-incomplete", () -> database.query(STATUS).equals(List.of("complete")));
        database.execute("DELETE FROM coherence_link");

        application(database, "if-incomplete").start().close();
        assertThat(database.query(LINKS)).isEmpty();

        startUntil(database, "rebuild", () -> database.query(LINKS).size() == 2);
    }

    private static void startUntil(TestDatabase database, String build, BooleanSupplier condition) {
        try (ConfigurableApplicationContext context =
                application(database, build).start()) {
            assertThat(context.getBean(IndexBuilder.class).isRunning()).isTrue();
            await(condition);
        }
    }

    @Test
    void never_means_that_the_log_says_what_to_do(CapturedOutput output) {
        TestDatabase database = TestDatabase.h2LikePostgres();
        fill(database);
        try (ConfigurableApplicationContext context =
                application(database, "never").start()) {
            await(() -> output.getOut().contains("The link index is not built for all events"));
            assertThat(context.getBean(IndexBuilder.class).isRunning()).isTrue();
        }
        assertThat(output).contains("axon.coherence.index.build=if-incomplete", "EventIndex.maintenance().build(..)");
        assertThat(database.query(STATUS)).isEmpty();
    }

    /** Hibernate may have made the event table anew, and knows nothing of the index. */
    @Test
    void an_emptied_embedded_database_is_a_new_one() {
        TestDatabase database = TestDatabase.h2LikePostgres();
        fill(database);
        database.execute(
                "DELETE FROM domainevententry",
                "INSERT INTO coherence_index_state VALUES ('links', 1, 'building', 'x', 1, 2, 0)");
        application(database, "never").start().close();
        assertThat(database.query(STATUS)).containsExactly("complete");
    }

    private static void await(BooleanSupplier condition) {
        for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
