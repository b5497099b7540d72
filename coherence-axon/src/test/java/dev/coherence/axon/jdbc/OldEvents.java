package dev.coherence.axon.jdbc;

import static dev.coherence.axon.TypedBook.KIND;
import static dev.coherence.axon.TypedBook.SUBTYPE;

import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.axon.TestDatabases;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TypedBook;
import dev.coherence.axon.TypedBook.Encrypted;
import dev.coherence.axon.TypedBook.Shelved;
import dev.coherence.axon.event.EffectFired;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.event.ReplayRequested;
import dev.coherence.axon.storage.StreamNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;

/** Stores events, remembers what the index has to hold for them, in the simplest way, and damages the index. */
final class OldEvents {

    private final TestStore store;
    private final Random random;
    private final Map<String, Long> versions = new HashMap<>();
    private final List<Stored> stored = new ArrayList<>();

    OldEvents(TestStore store, long seed) {
        this.store = store;
        this.random = new Random(seed);
    }

    /** An event, and what it links to. */
    record Stored(EventMessage<?> message, Set<Identity> links) {}

    /** Stores so many random events, a few in a transaction. */
    void append(int count) {
        for (int left = count; left > 0; ) {
            int some = Math.min(left, 1 + random.nextInt(30));
            append(IntStream.range(0, some).mapToObj(i -> randomEvent()).toArray(Stored[]::new));
            left -= some;
        }
    }

    void append(Stored... events) {
        store.publish(Arrays.stream(events).map(Stored::message).toArray(EventMessage<?>[]::new));
        stored.addAll(List.of(events));
    }

    private Stored randomEvent() {
        String isbn = "b" + random.nextInt(15);
        return switch (random.nextInt(8)) {
            case 0, 1 -> typed(isbn, keys());
            case 2 -> plain("shelf", "" + random.nextInt(15), keys());
            case 3 -> plain("shelf", "" + random.nextInt(15), new Identity[0]);
            case 4 -> typed(isbn, new Identity[0]);
            case 5 -> effect(random.nextBoolean() ? keys()[0] : Identity.of(KIND, isbn));
            case 6 -> request(ReplayRequested.of("mended", Identity.of("shelf", "1"), List.of("a", "b")));
            default -> shelved(isbn, "x");
        };
    }

    private Identity[] keys() {
        return random.ints(1 + random.nextInt(3), 0, 9)
                .mapToObj(i -> Identity.of("key", "" + i))
                .toArray(Identity[]::new);
    }

    Stored typed(String isbn, Identity... keys) {
        String type = Math.floorMod(isbn.hashCode(), 3) == 0 ? SUBTYPE : KIND;
        List<String> ids = Arrays.stream(keys).map(Identity::id).toList();
        return new Stored(
                TypedBook.event(type, isbn, next(isbn), new Encrypted(isbn, ids, "n")), Set.copyOf(List.of(keys)));
    }

    Stored shelved(String isbn, String shelf) {
        String type = Math.floorMod(isbn.hashCode(), 3) == 0 ? SUBTYPE : KIND;
        return new Stored(TypedBook.event(type, isbn, next(isbn), new Shelved(shelf)), Set.of());
    }

    Stored plain(String kind, String id, Identity... keys) {
        Identity aggregate = Identity.of(kind, id);
        Action action = new Action(
                "act",
                Identity.of("user", "bob"),
                aggregate,
                Patch.builder().assoc("a", 1).build(),
                new TreeSet<>(List.of(keys)));
        String stream = aggregate.toString();
        return new Stored(
                new GenericDomainEventMessage<>(kind, stream, next(stream), PatchApplied.of(action)),
                Set.copyOf(List.of(keys)));
    }

    Stored effect(Identity trigger) {
        String stream = store.index.streamNames().ofEffects(trigger);
        EffectFired fired = EffectFired.of(new Effect("fired", trigger));
        return new Stored(
                new GenericDomainEventMessage<>(StreamNames.EFFECT_TYPE, stream, next(stream), fired), Set.of());
    }

    static Stored request(ReplayRequested request) {
        return new Stored(GenericEventMessage.asEventMessage(request), Set.of());
    }

    private synchronized long next(String stream) {
        return versions.merge(stream, 1L, Long::sum) - 1;
    }

    int count() {
        return stored.size();
    }

    long number(Stored event) {
        return store.index
                .numbers(List.of(event.message().getIdentifier()))
                .getOrDefault(event.message().getIdentifier(), 0L);
    }

    /** What the index has to hold. */
    Set<String> expected() {
        Map<String, Long> numbers = store.index.numbers(
                stored.stream().map(event -> event.message().getIdentifier()).toList());
        List<Stored> inOrder = new ArrayList<>(stored);
        inOrder.sort((one, other) -> Long.compare(
                numbers.getOrDefault(one.message().getIdentifier(), 0L),
                numbers.getOrDefault(other.message().getIdentifier(), 0L)));
        Map<String, String> firsts = new HashMap<>();
        Map<String, String> rows = new HashMap<>();
        for (Stored event : inOrder) {
            long number = numbers.getOrDefault(event.message().getIdentifier(), 0L);
            Object payload = event.message().getPayload();
            if (payload instanceof EffectFired fired) {
                String named = store.index.streamNames().ofAggregate(fired.trigger());
                rows.put("effect " + number, "%s, %s".formatted(fired.trigger(), named));
            } else if (payload instanceof ReplayRequested request) {
                rows.put("request " + number, "%s, %s, shelf:1, \na\nb\n".formatted(request.reason(), request.kind()));
            } else if (event.message() instanceof DomainEventMessage<?> message) {
                String stream = message.getAggregateIdentifier();
                firsts.putIfAbsent(stream, number + ", " + message.getType());
                event.links()
                        .forEach(trigger -> rows.putIfAbsent(
                                "link %s, %s".formatted(stream, trigger),
                                "%d, %s".formatted(number, firsts.get(stream))));
            }
        }
        Set<String> all = new TreeSet<>();
        rows.forEach((key, value) -> all.add(key + ", " + value));
        return all;
    }

    /** What it holds. */
    Set<String> found() {
        Set<String> all = new TreeSet<>();
        read(
                "link",
                "aggregate_identifier, trigger_name, sequence_number, aggregate_number, aggregate_type FROM coherence_link",
                all);
        read("effect", "sequence_number, trigger_name, aggregate_identifier FROM coherence_effect", all);
        read(
                "request",
                "sequence_number, reason, kind, aggregate_identifier, processing_groups FROM coherence_replay",
                all);
        return all;
    }

    private void read(String what, String columns, Set<String> all) {
        try (Connection connection = store.database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + columns)) {
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(rows.getString(i));
                }
                all.add(what + " " + String.join(", ", values));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The index as it is where nobody has ever built it. */
    void forgetIndex() {
        forgetRows();
        execute("DELETE FROM coherence_index_state");
    }

    void forgetRows() {
        execute("DELETE FROM coherence_link");
        execute("DELETE FROM coherence_effect");
        execute("DELETE FROM coherence_replay");
    }

    void execute(String sql) {
        TestDatabases.execute(store.database(), sql);
    }
}
