package dev.coherence.benchmarks.stock;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Costs next to nothing, so that what is measured is all that a processor does besides. */
public final class StockInMemory implements StockRows {

    private final Map<String, Integer> rows = new ConcurrentHashMap<>();

    @Override
    public void put(String isbn, int stock) {
        rows.put(isbn, stock);
    }

    @Override
    public void remove(String isbn) {
        rows.remove(isbn);
    }

    @Override
    public void clear() {
        rows.clear();
    }
}
