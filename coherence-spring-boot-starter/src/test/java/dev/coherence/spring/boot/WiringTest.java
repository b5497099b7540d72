package dev.coherence.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.rebase.RebaseResult.Accepted;
import dev.coherence.rebase.RebaseResult.Conflicting;
import dev.coherence.revision.Revision;
import java.util.stream.Stream;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The whole way from properties to stored events, on each kind of store and with names of the application's choice. */
class WiringTest {

    private static final String CREATE_TABLES = "axon.coherence.schema.initialize=always";
    private static final String CREATE_ENTITIES = "spring.jpa.hibernate.ddl-auto=update";

    static Stream<Arguments> stores() {
        return Stream.of(
                Arguments.of("in memory", TestApplication.withoutDatabase().with(InMemory.class)),
                Arguments.of(
                        "H2, JDBC",
                        TestApplication.withJdbc(TestDatabase.h2LikePostgres().withAxonTables())),
                Arguments.of("H2, JDBC, other names", jdbcWithOtherNames(TestDatabase.h2LikePostgres())),
                Arguments.of("H2, JPA", TestApplication.withJpa(TestDatabase.h2())),
                Arguments.of(
                        "H2, JPA, naming strategy",
                        TestApplication.withJpa(TestDatabase.h2()).with(prefixes())),
                Arguments.of(
                        "H2, JPA, orm.xml",
                        TestApplication.withJpa(TestDatabase.h2()).with(ormXml())),
                Arguments.of(
                        "PostgreSQL, JDBC",
                        TestApplication.withJdbc(TestDatabase.postgres().withAxonTables())
                                .with(CREATE_TABLES)),
                Arguments.of(
                        "PostgreSQL, JDBC, other names",
                        jdbcWithOtherNames(TestDatabase.postgres()).with(CREATE_TABLES)),
                Arguments.of("PostgreSQL, JPA", jpaOnPostgres()),
                Arguments.of("PostgreSQL, JPA, naming strategy", jpaOnPostgres().with(prefixes())),
                Arguments.of("PostgreSQL, JPA, orm.xml", jpaOnPostgres().with(ormXml())),
                Arguments.of("PostgreSQL, JPA, schema", jpaInSchema()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stores")
    void rebases_conflicts_and_reads(String name, TestApplication application) {
        try (ConfigurableApplicationContext context = application.start()) {
            Shelf shelf = Shelf.of(context);

            Accepted first = (Accepted) shelf.revise("Neuromancer", Revision.at(0), "alice", "Cyberpunk");
            RebaseResult second = shelf.revise("Neuromancer", Revision.at(0), "bob", "Science fiction");
            Accepted third = (Accepted) shelf.revise("Neuromancer", first.revision(), "bob", "Science fiction");
            Accepted effect = (Accepted) shelf.coherence()
                    .rebase(third.revision())
                    .effect(e -> e.reason("key-expired").trigger("encryption-key", "1"))
                    .execute();

            assertThat(second).isInstanceOf(Conflicting.class);
            assertThat(shelf.actors("Neuromancer")).containsExactly("alice", "bob");
            assertThat(shelf.coherence().conflicts(third.revision(), Identity.of("book", "Neuromancer")))
                    .isEqualTo(effect.events());
            assertThat(Stream.of(first, third, effect).flatMap(accepted -> accepted.events().stream()))
                    .extracting(Event::sequenceNumber)
                    .containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void an_event_table_that_Hibernate_made_anew_starts_without_old_effects() {
        TestDatabase database = TestDatabase.h2();
        for (int start = 0; start < 2; start++) {
            try (ConfigurableApplicationContext context = TestApplication.withJpa(database)
                    .with("spring.jpa.hibernate.ddl-auto=create")
                    .start()) {
                RebaseResult effect = Shelf.of(context)
                        .coherence()
                        .rebase(Revision.at(0))
                        .effect(e -> e.reason("key-expired").trigger("encryption-key", "1"))
                        .execute();
                assertThat(effect).as("start %d", start).isInstanceOf(Accepted.class);
            }
        }
    }

    private static TestApplication jdbcWithOtherNames(TestDatabase database) {
        database.execute("""
                CREATE TABLE shop_events (
                    no BIGSERIAL NOT NULL PRIMARY KEY,
                    aggregate VARCHAR(255) NOT NULL,
                    version BIGINT NOT NULL,
                    kind VARCHAR(255),
                    eventIdentifier VARCHAR(255) NOT NULL UNIQUE,
                    metaData BYTEA,
                    body BYTEA NOT NULL,
                    payloadRevision VARCHAR(255),
                    payloadType VARCHAR(255) NOT NULL,
                    stored VARCHAR(255) NOT NULL,
                    UNIQUE (aggregate, version))""");
        return TestApplication.withJdbc(database).with(OtherNames.class);
    }

    private static TestApplication jpaOnPostgres() {
        return TestApplication.withJpa(TestDatabase.postgres()).with(CREATE_TABLES, CREATE_ENTITIES);
    }

    private static TestApplication jpaInSchema() {
        TestDatabase database = TestDatabase.postgres();
        database.execute("CREATE SCHEMA \"Event Store\"");
        return TestApplication.withJpa(database)
                .with(CREATE_TABLES, CREATE_ENTITIES, "spring.jpa.properties.hibernate.default_schema=`Event Store`");
    }

    private static String prefixes() {
        return "spring.jpa.hibernate.naming.physical-strategy=" + PrefixNaming.class.getName();
    }

    private static String ormXml() {
        return "spring.jpa.mapping-resources=orm/renamed.xml";
    }

    static class InMemory {

        @Bean
        EventStorageEngine eventStorageEngine() {
            return new InMemoryEventStorageEngine(1);
        }
    }

    static class OtherNames {

        @Bean
        EventSchema eventSchema(ConnectionProvider connections) {
            return EventSchema.builder()
                    .eventTable("shop_events")
                    .globalIndexColumn("no")
                    .aggregateIdentifierColumn("aggregate")
                    .sequenceNumberColumn("version")
                    .typeColumn("kind")
                    .payloadColumn("body")
                    .timestampColumn("stored")
                    .build();
        }
    }
}
