package dev.coherence.samples.bookstore;

import dev.coherence.revision.Revision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The table of the catalogue. Whatever is written takes part in the transaction of the caller. */
@Repository
class Catalogue {

    private static final String SELECT =
            "select isbn, title, genre, price, currency, rate, converted, revision from catalogue ";

    private final JdbcClient jdbc;

    Catalogue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<CatalogueEntry> entry(String isbn) {
        return jdbc.sql(SELECT + "where isbn = :isbn")
                .param("isbn", isbn)
                .query(Catalogue::entry)
                .optional();
    }

    /** At most so many entries with an ISBN after the given one, in the order of the database. */
    List<CatalogueEntry> page(String after, int limit) {
        return jdbc.sql(SELECT + "where isbn > :after order by isbn fetch first " + limit + " rows only")
                .param("after", after)
                .query(Catalogue::entry)
                .list();
    }

    void add(CatalogueEntry entry) {
        write(
                "insert into catalogue (isbn, title, genre, price, currency, rate, converted, revision)"
                        + " values (:isbn, :title, :genre, :price, :currency, :rate, :converted, :revision)",
                entry);
    }

    void change(CatalogueEntry entry) {
        write(
                "update catalogue set title = :title, genre = :genre, price = :price, currency = :currency, rate = :rate,"
                        + " converted = :converted, revision = :revision where isbn = :isbn",
                entry);
    }

    void remove(String isbn) {
        jdbc.sql("delete from catalogue where isbn = :isbn").param("isbn", isbn).update();
    }

    void removeAll() {
        jdbc.sql("delete from catalogue").update();
    }

    private void write(String sql, CatalogueEntry entry) {
        ForeignPrice foreign = entry.foreign();
        StatementSpec statement = jdbc.sql(sql)
                .param("isbn", entry.isbn())
                .param("title", entry.title())
                .param("genre", entry.genre())
                .param("price", entry.price())
                .param("currency", foreign == null ? null : foreign.currency())
                .param("rate", foreign == null ? null : foreign.rate())
                .param("converted", foreign == null ? null : foreign.price())
                .param("revision", entry.revision().toString());
        statement.update();
    }

    private static CatalogueEntry entry(ResultSet row, int number) throws SQLException {
        return new CatalogueEntry(
                row.getString("isbn"),
                row.getString("title"),
                row.getString("genre"),
                row.getBigDecimal("price"),
                foreign(row),
                Revision.parse(row.getString("revision")));
    }

    private static @Nullable ForeignPrice foreign(ResultSet row) throws SQLException {
        String currency = row.getString("currency");
        return currency == null
                ? null
                : new ForeignPrice(currency, row.getBigDecimal("rate"), row.getBigDecimal("converted"));
    }
}
