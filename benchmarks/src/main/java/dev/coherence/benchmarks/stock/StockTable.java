package dev.coherence.benchmarks.stock;

/** One statement for each event, in the transaction of the token, as projections usually do it. */
public final class StockTable implements StockRows {

    /** Creates the table of that name. */
    public static final String CREATE = "CREATE TABLE %s (isbn VARCHAR(255) PRIMARY KEY, stock INT NOT NULL)";

    /** Runs a statement in the transaction of the token. */
    public interface Statements {

        /** Runs it with parameters for its question marks. */
        void execute(String sql, Object... parameters);
    }

    private final Statements statements;
    private final String put;
    private final String remove;
    private final String clear;

    /**
     * @param table its name
     */
    public StockTable(Statements statements, String table) {
        this.statements = statements;
        this.put =
                "INSERT INTO %s VALUES (?, ?) ON CONFLICT (isbn) DO UPDATE SET stock = EXCLUDED.stock".formatted(table);
        this.remove = "DELETE FROM %s WHERE isbn = ?".formatted(table);
        this.clear = "TRUNCATE TABLE " + table;
    }

    @Override
    public void put(String isbn, int stock) {
        statements.execute(put, isbn, stock);
    }

    @Override
    public void remove(String isbn) {
        statements.execute(remove, isbn);
    }

    @Override
    public void clear() {
        statements.execute(clear);
    }
}
