package dev.coherence.spring.boot.jpa;

import dev.coherence.axon.jdbc.EventTable;
import dev.coherence.spring.boot.failure.UnorderedSequenceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Refuses a sequence that does not number events in the order in which they are stored, one by one:
 *
 * <ol>
 *   <li>The mapping must take one number at a time. With blocks, which is what Hibernate does by itself, an instance that
 *       stores an event later may give it a lower number than another instance gave before.
 *   <li>The sequence of the database must count by one, and keep nothing apart for sessions. An existing one, made by
 *       Hibernate, counts by 50; a mapping that takes one number at a time would leave 49 gaps after each.
 *   <li>The next number must be above all stored ones. A sequence that counted blocks by their lower ends would fall
 *       back when it is made to count by one, and fill gaps that readers have passed.
 * </ol>
 */
final class GlobalIndexCheck {

    static final String ACCEPTING_PROPERTY = "axon.coherence.jpa.accept-unordered-sequence";

    private final EventEntity entity;

    GlobalIndexCheck(EventEntity entity) {
        this.entity = entity;
    }

    /**
     * Checks mapping and database.
     *
     * @throws UnorderedSequenceException if either numbers events in another way
     */
    void check(Connection connection) throws SQLException {
        Optional<SequenceName> name = entity.sequence();
        Optional<SequenceState> state =
                name.isPresent() ? SequenceState.read(connection, name.get()) : Optional.empty();
        long highest = highestNumber(connection);
        List<String> findings = new ArrayList<>();
        if (entity.numbersAtOnce() != 1) {
            findings.add("Hibernate takes them in blocks of %d".formatted(entity.numbersAtOnce()));
        }
        state.ifPresent(sequence -> findings.addAll(findings(name.get(), sequence, highest)));
        if (!findings.isEmpty()) {
            throw failure(findings, name, state, highest);
        }
    }

    private static List<String> findings(SequenceName name, SequenceState state, long highest) {
        List<String> findings = new ArrayList<>();
        if (state.increment() != 1) {
            findings.add("sequence %s counts by %d".formatted(name.inSql(), state.increment()));
        }
        if (state.cache() != 1) {
            findings.add("sequence %s keeps %d numbers for each session".formatted(name.inSql(), state.cache()));
        }
        if (state.next() <= highest) {
            findings.add("sequence %s goes on with %d although number %d is taken"
                    .formatted(name.inSql(), state.next(), highest));
        }
        return findings;
    }

    private UnorderedSequenceException failure(
            List<String> findings, Optional<SequenceName> name, Optional<SequenceState> state, long highest) {
        String problem =
                "The numbers of events (globalIndex of %s) would not follow the order in which events are stored: %s."
                        .formatted(entity.name(), String.join("; ", findings));
        List<String> steps = new ArrayList<>();
        if (name.isPresent() && state.isPresent()) {
            steps.add("Stop all instances of the application, then run this SQL:%n%n    %s%n"
                    .formatted(statement(name.get(), state.get(), highest)));
        }
        if (entity.numbersAtOnce() != 1) {
            steps.add("Map globalIndex with allocation-size 1, in the orm.xml of the persistence unit:%n%n%s%n"
                    .formatted(mapping(name)));
        }
        steps.add("To keep things as they are, and accept that event processors may skip events and that revisions may"
                + " cover events that nobody saw as soon as there are several instances, set %s=true."
                        .formatted(ACCEPTING_PROPERTY));
        return new UnorderedSequenceException(problem, String.join("%n".formatted(), steps));
    }

    private static String statement(SequenceName name, SequenceState state, long highest) {
        return "ALTER SEQUENCE %s INCREMENT BY 1%s RESTART WITH %d;"
                .formatted(name.inSql(), state.cache() == 1 ? "" : " CACHE 1", Math.max(state.unused(), highest + 1));
    }

    private static String mapping(Optional<SequenceName> name) {
        String sequence = name.map(SequenceName::text).orElse("domain_event_entry_seq");
        return """
                <mapped-superclass class="org.axonframework.eventhandling.AbstractSequencedDomainEventEntry"
                                   access="FIELD" metadata-complete="false">
                  <attributes>
                    <id name="globalIndex">
                      <generated-value strategy="SEQUENCE" generator="events"/>
                      <sequence-generator name="events" sequence-name="%s" allocation-size="1"/>
                    </id>
                  </attributes>
                </mapped-superclass>""".indent(4).formatted(sequence);
    }

    private long highestNumber(Connection connection) throws SQLException {
        EventTable table = entity.table();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT COALESCE(MAX(%s), 0) FROM %s".formatted(table.globalIndex(), table.table()))) {
            row.next();
            return row.getLong(1);
        }
    }
}
