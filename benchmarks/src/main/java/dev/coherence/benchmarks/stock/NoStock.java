package dev.coherence.benchmarks.stock;

/** Keeps nothing, so that whatever memory is in use is not the projection's. */
public final class NoStock implements StockRows {

    @Override
    public void put(String isbn, int stock) {}

    @Override
    public void remove(String isbn) {}

    @Override
    public void clear() {}
}
