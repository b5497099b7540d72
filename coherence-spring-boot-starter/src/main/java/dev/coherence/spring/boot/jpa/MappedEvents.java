package dev.coherence.spring.boot.jpa;

import static java.util.stream.Collectors.toCollection;

import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.boot.model.relational.Namespace;
import org.hibernate.boot.model.relational.Sequence;
import org.hibernate.dialect.Dialect;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Table;
import org.jspecify.annotations.Nullable;

/**
 * What a persistence unit makes of Axon's event entry, by its own naming strategies and mapping files.
 *
 * @param dialect the dialect that was found or configured
 * @param table the name of the event table, as it stands in SQL
 * @param payload the column of the payload
 * @param columns the names of all columns of the event table
 * @param tables the names of all tables
 * @param sequences the names of all sequences, with the steps that they are mapped with
 */
record MappedEvents(
        Dialect dialect,
        String table,
        Column payload,
        SortedSet<String> columns,
        SortedSet<String> tables,
        SortedMap<String, Integer> sequences) {

    static MappedEvents of(Metadata metadata, PersistentClass entity, Dialect dialect, @Nullable String defaultSchema) {
        SortedSet<String> tables = new TreeSet<>();
        SortedMap<String, Integer> sequences = new TreeMap<>();
        for (Namespace namespace : metadata.getDatabase().getNamespaces()) {
            namespace.getTables().forEach(table -> tables.add(table.getName()));
            for (Sequence sequence : namespace.getSequences()) {
                sequences.put(sequence.getName().render(), sequence.getIncrementSize());
            }
        }
        SortedSet<String> columns =
                entity.getTable().getColumns().stream().map(Column::getName).collect(toCollection(TreeSet::new));
        return new MappedEvents(
                dialect,
                tableInSql(entity.getTable(), dialect, defaultSchema),
                entity.getProperty("payload").getColumns().get(0),
                columns,
                tables,
                sequences);
    }

    /**
     * Whether this mapping differs from the other in nothing but the event numbers, which are given one by one here.
     * Anything else would mean that the application has mapped them in its own way.
     */
    boolean onlyNumbersOneByOneUnlike(MappedEvents other) {
        return table.equals(other.table)
                && columns.equals(other.columns)
                && tables.equals(other.tables)
                && sequences.keySet().equals(other.sequences.keySet())
                && (changedSequences(other).equals(Set.of(1))
                        || !dialect.getSequenceSupport().supportsSequences());
    }

    private Set<Integer> changedSequences(MappedEvents other) {
        Set<Integer> steps = new TreeSet<>();
        sequences.forEach((name, step) -> {
            if (!step.equals(other.sequences.get(name))) {
                steps.add(step);
            }
        });
        return steps;
    }

    private static String tableInSql(Table table, Dialect dialect, @Nullable String defaultSchema) {
        String name = table.getQuotedName(dialect);
        String schema = table.getQuotedSchema(dialect);
        if (schema == null && defaultSchema != null) {
            schema = Identifier.toIdentifier(defaultSchema).render(dialect);
        }
        return schema == null ? name : schema + "." + name;
    }
}
