package dev.coherence.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.coherence.spring.boot.failure.UnorderedSequenceException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/** With Axon's JPA engine, events are numbered one by one, or the application does not start. */
class JpaNumbersTest {

    private static final String ACCEPT = "axon.coherence.jpa.accept-unordered-sequence=true";
    private static final String OFF = "axon.coherence.enabled=false";

    static Stream<TestDatabase> databases() {
        return Stream.of(TestDatabase.h2(), TestDatabase.postgres());
    }

    @Nested
    class A_new_schema {

        @ParameterizedTest
        @MethodSource("dev.coherence.spring.boot.JpaNumbersTest#databases")
        void has_a_sequence_that_counts_by_one_under_the_name_that_Hibernate_gives(TestDatabase database) {
            start(database).close();

            assertThat(sequence(database, "domain_event_entry_seq")).isEqualTo("1");
        }

        @ParameterizedTest
        @MethodSource("dev.coherence.spring.boot.JpaNumbersTest#databases")
        void without_coherence_has_one_that_counts_by_fifty(TestDatabase database) {
            start(database, OFF).close();

            assertThat(sequence(database, "domain_event_entry_seq")).isEqualTo("50");
        }

        @ParameterizedTest
        @MethodSource("dev.coherence.spring.boot.JpaNumbersTest#databases")
        void has_a_sequence_named_by_the_strategy_of_the_application(TestDatabase database) {
            start(database, "spring.jpa.hibernate.naming.physical-strategy=" + PrefixNaming.class.getName())
                    .close();

            assertThat(sequence(database, "t_domain_event_entry_seq")).isEqualTo("1");
        }

        @Test
        void shares_a_sequence_where_the_application_wants_that() {
            TestDatabase database = TestDatabase.h2();
            start(database, "spring.jpa.properties.hibernate.id.db_structure_naming_strategy=legacy")
                    .close();

            assertThat(sequence(database, "hibernate_sequence")).isEqualTo("1");
        }

        @Test
        void leaves_sequences_of_other_entities_alone() {
            TestDatabase database = TestDatabase.h2();
            start(database).close();

            assertThat(sequence(database, "association_value_entry_seq")).isEqualTo("50");
        }
    }

    @Nested
    class A_mapping_of_the_application {

        @Test
        void stays_if_it_takes_one_number_at_a_time() {
            TestDatabase database = TestDatabase.h2();
            start(database, "spring.jpa.mapping-resources=orm/own-sequence-1.xml")
                    .close();

            assertThat(sequence(database, "own_numbers")).isEqualTo("1");
            assertThat(sequence(database, "domain_event_entry_seq")).isNull();
        }

        @Test
        void stays_if_it_is_an_identity_column() {
            TestDatabase database = TestDatabase.h2();
            try (ConfigurableApplicationContext context =
                    start(database, "spring.jpa.mapping-resources=orm/identity.xml")) {
                assertThat(Shelf.of(context).add("one")).isEqualTo(1);
            }
            assertThat(sequence(database, "domain_event_entry_seq")).isNull();
        }

        @Test
        void is_refused_if_it_takes_blocks() {
            UnorderedSequenceException failure =
                    failure(TestDatabase.h2(), "spring.jpa.mapping-resources=orm/own-sequence-20.xml");

            assertThat(failure.problem()).contains("Hibernate takes them in blocks of 20", "own_numbers counts by 20");
            assertThat(failure.action())
                    .contains("sequence-name=\"own_numbers\" allocation-size=\"1\"", "ALTER SEQUENCE own_numbers");
        }
    }

    @Nested
    class A_schema_that_Hibernate_made {

        @ParameterizedTest
        @MethodSource("dev.coherence.spring.boot.JpaNumbersTest#databases")
        void is_refused_until_the_given_SQL_was_run(TestDatabase database) {
            long before = eventsNumberedByHibernate(database);

            UnorderedSequenceException failure = failure(database);
            assertThat(failure.problem()).contains("sequence domain_event_entry_seq counts by 50");
            assertThat(failure.problem()).doesNotContain("blocks");

            database.execute(sqlIn(failure));
            try (ConfigurableApplicationContext context = start(database)) {
                long first = Shelf.of(context).add("after");
                assertThat(first).isGreaterThan(before);
                assertThat(Shelf.of(context).add("after that")).isEqualTo(first + 1);
            }
        }

        @Test
        void is_refused_if_it_was_made_to_count_by_one_but_falls_back() {
            TestDatabase database = TestDatabase.postgres();
            long before = eventsNumberedByHibernate(database);
            database.execute("ALTER SEQUENCE domain_event_entry_seq INCREMENT BY 1 RESTART WITH " + before);

            UnorderedSequenceException failure = failure(database);
            assertThat(failure.problem())
                    .contains("goes on with %d although number %d is taken".formatted(before, before));

            database.execute(sqlIn(failure));
            try (ConfigurableApplicationContext context = start(database)) {
                assertThat(Shelf.of(context).add("after")).isEqualTo(before + 1);
            }
        }

        @Test
        void is_refused_if_sessions_keep_numbers_for_themselves() {
            TestDatabase database = TestDatabase.postgres();
            start(database).close();
            database.execute("ALTER SEQUENCE domain_event_entry_seq CACHE 10");

            UnorderedSequenceException failure = failure(database);
            assertThat(failure.problem()).contains("keeps 10 numbers for each session");

            database.execute(sqlIn(failure));
            start(database).close();
        }

        @ParameterizedTest
        @MethodSource("dev.coherence.spring.boot.JpaNumbersTest#databases")
        void is_accepted_as_it_is_if_the_application_says_so(TestDatabase database) {
            long before = eventsNumberedByHibernate(database);

            try (ConfigurableApplicationContext context = start(database, ACCEPT)) {
                assertThat(Shelf.of(context).add("after")).isGreaterThan(before);
            }
            assertThat(sequence(database, "domain_event_entry_seq")).isEqualTo("50");
        }
    }

    @Nested
    class Two_instances {

        @ParameterizedTest
        @MethodSource("dev.coherence.spring.boot.JpaNumbersTest#databases")
        void number_events_in_the_order_in_which_they_are_stored(TestDatabase database) {
            assertThat(numbersOfTwoInstances(database)).isSorted();
        }

        @ParameterizedTest
        @MethodSource("dev.coherence.spring.boot.JpaNumbersTest#databases")
        void would_not_do_so_with_the_mapping_of_Hibernate(TestDatabase database) {
            List<Long> numbers = numbersOfTwoInstances(database, ACCEPT);

            assertThat(catchThrowable(() -> assertThat(numbers).isSorted())).isInstanceOf(AssertionError.class);
        }

        private List<Long> numbersOfTwoInstances(TestDatabase database, String... properties) {
            try (ConfigurableApplicationContext one = start(database, properties);
                    ConfigurableApplicationContext other = start(database, properties)) {
                return Stream.of(one, other, one, other)
                        .map(Shelf::of)
                        .map(shelf -> shelf.add("book " + System.nanoTime()))
                        .toList();
            }
        }
    }

    private static ConfigurableApplicationContext start(TestDatabase database, String... properties) {
        return application(database, properties).start();
    }

    private static TestApplication application(TestDatabase database, String... properties) {
        return TestApplication.withJpa(database)
                .with("axon.coherence.schema.initialize=always", "spring.jpa.hibernate.ddl-auto=update")
                .with(properties);
    }

    private static UnorderedSequenceException failure(TestDatabase database, String... properties) {
        Throwable failure = catchThrowable(() -> start(database, properties).close());
        return (UnorderedSequenceException) NestedExceptionUtils.getRootCause(failure);
    }

    /** Returns the highest number. */
    private static long eventsNumberedByHibernate(TestDatabase database) {
        try (ConfigurableApplicationContext context = start(database, ACCEPT)) {
            Shelf shelf = Shelf.of(context);
            shelf.add("one");
            shelf.add("two");
            return shelf.add("three");
        }
    }

    private static String sqlIn(UnorderedSequenceException failure) {
        Matcher sql = Pattern.compile("ALTER SEQUENCE [^;]*;").matcher(failure.action());
        assertThat(sql.find()).as(failure.action()).isTrue();
        return sql.group();
    }

    /** Returns the step of the sequence. */
    private static String sequence(TestDatabase database, String name) {
        String sql = database.name().equals("H2")
                ? "SELECT increment FROM information_schema.sequences WHERE LOWER(sequence_name) = '%s'"
                : "SELECT increment_by FROM pg_sequences WHERE sequencename = '%s'";
        return database.query(sql.formatted(name)).stream().findFirst().orElse(null);
    }
}
