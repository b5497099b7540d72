package dev.coherence.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** On PostgreSQL, bytes are kept in the row where that is possible without losing what is there. */
class JpaLargeObjectsTest {

    private final TestDatabase database = TestDatabase.postgres();

    @Nested
    class In_a_new_schema {

        @Test
        void all_bytes_of_Axon_are_kept_in_the_row() {
            storeOneEvent();

            assertThat(columns("bytea"))
                    .contains(
                            "domain_event_entry.payload",
                            "domain_event_entry.meta_data",
                            "snapshot_event_entry.payload",
                            "token_entry.token",
                            "saga_entry.serialized_saga",
                            "dead_letter_entry.payload");
            assertThat(columns("oid")).isEmpty();
            assertThat(database.query("SELECT loid FROM pg_largeobject")).isEmpty();
        }

        @Test
        void a_dialect_of_the_application_counts() {
            storeOneEvent("spring.jpa.database-platform=org.hibernate.dialect.PostgreSQLDialect");

            assertThat(columns("oid")).contains("domain_event_entry.payload", "token_entry.token");
        }

        @Test
        void without_coherence_they_would_be_large_objects() {
            application("axon.coherence.enabled=false").start().close();

            assertThat(columns("oid")).contains("domain_event_entry.payload", "token_entry.token");
        }
    }

    @Nested
    class In_a_schema_that_is_there {

        @Test
        void bytes_in_rows_are_read_again() {
            storeOneEvent();

            assertThat(actorsAfterRestart("spring.jpa.hibernate.ddl-auto=validate"))
                    .containsExactly("alice");
        }

        @Test
        void large_objects_are_read_and_written_as_before() {
            storeOneEvent("spring.jpa.database-platform=org.hibernate.dialect.PostgreSQLDialect");

            assertThat(actorsAfterRestart("spring.jpa.hibernate.ddl-auto=validate"))
                    .containsExactly("alice");
            assertThat(columns("bytea")).isEmpty();
        }

        @Test
        void large_objects_in_other_tables_count_where_the_event_table_is_new() {
            database.execute("CREATE TABLE token_entry (processor_name VARCHAR(255) NOT NULL, segment INTEGER NOT NULL,"
                    + " owner VARCHAR(255), timestamp VARCHAR(255) NOT NULL, token OID, token_type VARCHAR(255),"
                    + " PRIMARY KEY (processor_name, segment))");
            storeOneEvent();

            assertThat(columns("oid")).contains("token_entry.token", "domain_event_entry.payload");
        }

        @Test
        void large_objects_in_other_tables_do_not_count_against_an_event_table_without_them() {
            storeOneEvent();
            database.execute("CREATE TABLE document (text OID)");

            assertThat(actorsAfterRestart()).containsExactly("alice");
        }

        @Test
        void names_of_the_application_are_found() {
            storeOneEvent("spring.jpa.mapping-resources=orm/renamed.xml");
            database.execute("CREATE TABLE document (text OID)");

            assertThat(actorsAfterRestart("spring.jpa.mapping-resources=orm/renamed.xml"))
                    .containsExactly("alice");
        }
    }

    private TestApplication application(String... properties) {
        return TestApplication.withJpa(database)
                .with("axon.coherence.schema.initialize=always", "spring.jpa.hibernate.ddl-auto=update")
                .with(properties);
    }

    private void storeOneEvent(String... properties) {
        try (ConfigurableApplicationContext context = application(properties).start()) {
            Shelf.of(context).add("Neuromancer");
            assertThat(Shelf.of(context).actors("Neuromancer")).containsExactly("alice");
        }
    }

    private List<String> actorsAfterRestart(String... properties) {
        try (ConfigurableApplicationContext context = application(properties).start()) {
            Shelf.of(context).add("Count Zero");
            List<String> actors = Shelf.of(context).actors("Neuromancer");
            assertThat(Shelf.of(context).actors("Count Zero")).isEqualTo(actors);
            return actors;
        }
    }

    private List<String> columns(String type) {
        return database.query("""
                SELECT table_name || '.' || column_name FROM information_schema.columns
                WHERE table_schema = 'public' AND data_type = '%s'""".formatted(type));
    }
}
