package dev.coherence.axon.jdbc;

import dev.coherence.axon.index.Span;
import dev.coherence.revision.NumberRange;
import dev.coherence.revision.Revision;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement under construction: text, and parameters in the order of its question marks. */
final class Sql {

    private final StringBuilder text = new StringBuilder();
    private final List<@Nullable Object> parameters = new ArrayList<>();

    static Sql of(String fragment, @Nullable Object... parameters) {
        return new Sql().add(fragment, parameters);
    }

    Sql add(String fragment, @Nullable Object... more) {
        text.append(fragment);
        Collections.addAll(parameters, more);
        return this;
    }

    Sql add(Sql other) {
        text.append(other.text);
        parameters.addAll(other.parameters);
        return this;
    }

    /** Adds {@code column IN (..)}; no row passes where there are no values. */
    Sql addIn(String column, Collection<?> values) {
        if (values.isEmpty()) {
            return add("1 = 0");
        }
        text.append(column)
                .append(" IN (")
                .append(String.join(", ", Collections.nCopies(values.size(), "?")))
                .append(')');
        parameters.addAll(values);
        return this;
    }

    /** Adds a condition that the position in the column is not seen by the revision, which must have a position. */
    Sql addUnseen(String column, Revision revision) {
        long position = revision.position().orElseThrow();
        if (revision.unseen().isEmpty()) {
            return add("(" + column + " > ?)", position);
        }
        // The lower bound is there for the index.
        add(
                "(" + column + " >= ? AND (" + column + " > ?",
                revision.unseen().get(0).first(),
                position);
        for (NumberRange range : revision.unseen()) {
            add(" OR ").addRange(column, range);
        }
        return add("))");
    }

    /** Adds a condition that the position in the column is seen by the revision, which must have a position. */
    Sql addSeen(String column, Revision revision) {
        add("(" + column + " <= ?", revision.position().orElseThrow());
        for (NumberRange range : revision.unseen()) {
            add(" AND NOT ").addRange(column, range);
        }
        return add(")");
    }

    /** Adds a condition that the position in the column lies in the span. */
    Sql addWithin(String column, Span span) {
        return addSeen(column, span.upTo()).add(" AND ").addUnseen(column, span.after());
    }

    /** Adds the parts in parentheses with OR between them; no row passes where there are none. */
    Sql addAnyOf(List<Sql> parts) {
        if (parts.isEmpty()) {
            return add("1 = 0");
        }
        for (int i = 0; i < parts.size(); i++) {
            add(i == 0 ? "((" : ") OR (").add(parts.get(i));
        }
        return add("))");
    }

    /** Numbers in the text, since there may be more of them than drivers allow parameters. */
    private void addRange(String column, NumberRange range) {
        add("(" + column + " BETWEEN " + range.first() + " AND " + range.last() + ")");
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    String text() {
        return text.toString();
    }

    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
    }
}
