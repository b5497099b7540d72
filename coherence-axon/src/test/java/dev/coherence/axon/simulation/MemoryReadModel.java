package dev.coherence.axon.simulation;

import dev.coherence.axon.simulation.MemoryDatabase.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** In tables of a {@link MemoryDatabase}. */
final class MemoryReadModel implements ReadModel {

    private final Table<String, List<Row>> rows;
    private final Table<String, Integer> world;
    private final Table<Long, String> complaints;
    private final AtomicLong ids = new AtomicLong();

    MemoryReadModel(MemoryDatabase database) {
        this.rows = database.table();
        this.world = database.table();
        this.complaints = database.table();
    }

    @Override
    public List<Row> rows(String group, String aggregate) {
        List<Row> found = rows.get(key(group, aggregate));
        return found == null ? List.of() : found;
    }

    @Override
    public void add(Row row) {
        String key = key(row.group(), row.aggregate());
        List<Row> more = rows.getForUpdate(key);
        more = more == null ? new ArrayList<>() : new ArrayList<>(more);
        more.add(row);
        rows.put(key, more);
    }

    @Override
    public void forget(String group, String aggregate) {
        rows.put(key(group, aggregate), null);
    }

    @Override
    public void retain(String group, Predicate<Row> kept) {
        rows.all().forEach((key, found) -> {
            if (found.get(0).group().equals(group)) {
                List<Row> left = found.stream().filter(kept).toList();
                rows.put(key, left.isEmpty() ? null : left);
            }
        });
    }

    @Override
    public List<Row> all() {
        return rows.all().values().stream().flatMap(List::stream).toList();
    }

    @Override
    public Map<String, Integer> world() {
        return world.all();
    }

    @Override
    public void happened(String what) {
        Integer before = world.getForUpdate(what);
        world.put(what, before == null ? 1 : before + 1);
    }

    @Override
    public void complain(String what) {
        complaints.put(ids.incrementAndGet(), what);
    }

    @Override
    public List<String> complaints() {
        return List.copyOf(complaints.all().values());
    }

    private static String key(String group, String aggregate) {
        return group + "|" + aggregate;
    }
}
