package dev.coherence.axon.jdbc;

import dev.coherence.action.Identity;
import dev.coherence.key.StoredKey;
import dev.coherence.key.WrappedKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements on the table of keys, in one dialect, and its rows. */
final class KeyTable {

    /** All texts have one length, so that they sort as what they stand for. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSX").withZone(ZoneOffset.UTC);

    private static final String COLUMNS = "name, retention, created_at, ends_at, master_key, wrapped, ended_at, effect";

    private final String table;
    private final Dialect dialect;

    KeyTable(String table, Dialect dialect) {
        this.table = table;
        this.dialect = dialect;
    }

    /** Inserts nothing, if the database can tell so, where the name is there. */
    Sql insert(StoredKey key) {
        String ifMissing = dialect == Dialect.MYSQL ? "INSERT IGNORE INTO " : "INSERT INTO ";
        return Sql.of(
                        ifMissing + table + " (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        key.name().toString(),
                        key.retention().orElse(null),
                        text(key.createdAt()),
                        text(key.endsAt()),
                        key.wrapped().map(WrappedKey::masterKey).orElse(null),
                        key.wrapped().map(WrappedKey::text).orElse(null),
                        text(key.endedAt()),
                        key.effect().orElse(null))
                .add(dialect == Dialect.POSTGRESQL ? " ON CONFLICT DO NOTHING" : "");
    }

    /** Keeps what never changes. */
    Sql update(StoredKey key) {
        return Sql.of(
                "UPDATE " + table
                        + " SET ends_at = ?, master_key = ?, wrapped = ?, ended_at = ?, effect = ? WHERE name = ?",
                text(key.endsAt()),
                key.wrapped().map(WrappedKey::masterKey).orElse(null),
                key.wrapped().map(WrappedKey::text).orElse(null),
                text(key.endedAt()),
                key.effect().orElse(null),
                key.name().toString());
    }

    Sql find(Identity name) {
        return select().add(" WHERE name = ?", name.toString());
    }

    Sql findForUpdate(Identity name) {
        return find(name).add(" FOR UPDATE");
    }

    /** In order of their names, so that those who hold several keys wait for each other in one direction only. */
    Sql hold(Collection<Identity> names) {
        return select().add(" WHERE ")
                .addIn("name", names.stream().map(Identity::toString).toList())
                .add(" ORDER BY name ")
                .add(
                        switch (dialect) {
                            case POSTGRESQL -> "FOR SHARE";
                            case H2 -> "FOR UPDATE";
                            case MYSQL -> "LOCK IN SHARE MODE";
                        });
    }

    Sql due(Instant now, int limit) {
        return select().add(
                        " WHERE ended_at IS NULL AND ends_at <= ? ORDER BY ends_at LIMIT ? FOR UPDATE",
                        text(now),
                        limit)
                .add(dialect == Dialect.POSTGRESQL ? " SKIP LOCKED" : "");
    }

    Sql untold(int limit) {
        return select().add(" WHERE ended_at IS NOT NULL AND effect IS NULL ORDER BY ended_at LIMIT ?", limit);
    }

    Sql list(Optional<Identity> after, int limit) {
        Sql select = select();
        after.ifPresent(name -> select.add(" WHERE name > ?", name.toString()));
        return select.add(" ORDER BY name LIMIT ?", limit);
    }

    /** One row of two texts, each of which may be null. */
    Sql latest() {
        return Sql.of("SELECT MAX(created_at), MAX(ended_at) FROM " + table);
    }

    private Sql select() {
        return Sql.of("SELECT " + COLUMNS + " FROM " + table);
    }

    static StoredKey read(ResultSet row) throws SQLException {
        String wrapped = row.getString(6);
        long effect = row.getLong(8);
        boolean isTold = !row.wasNull();
        return new StoredKey(
                Identity.parse(row.getString(1)),
                Optional.ofNullable(row.getString(2)),
                Instant.parse(row.getString(3)),
                time(row.getString(4)),
                wrapped == null ? Optional.empty() : Optional.of(new WrappedKey(row.getString(5), wrapped)),
                time(row.getString(7)),
                isTold ? Optional.of(effect) : Optional.empty());
    }

    static Optional<Instant> time(@Nullable String text) {
        return Optional.ofNullable(text).map(Instant::parse);
    }

    private static @Nullable String text(Optional<Instant> time) {
        return time.map(KeyTable::text).orElse(null);
    }

    private static String text(Instant time) {
        return TIME.format(time);
    }
}
