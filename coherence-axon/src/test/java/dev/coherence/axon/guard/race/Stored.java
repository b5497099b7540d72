package dev.coherence.axon.guard.race;

import static java.util.stream.Collectors.toCollection;

import dev.coherence.axon.annotation.EffectEvent;
import dev.coherence.axon.event.EffectFired;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

/**
 * A row of the event table.
 *
 * @param number its place in the global order
 * @param stream its aggregate identifier
 * @param version its sequence number in the stream
 */
record Stored(long number, @Nullable String type, String stream, long version, Object payload, MetaData metaData) {

    /** All rows, in the global order. */
    static List<Stored> all(DataSource database, Serializer serializer) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT globalIndex, type, aggregateIdentifier, sequenceNumber, payloadType, payload, metaData"
                                + " FROM DomainEventEntry ORDER BY globalIndex")) {
            List<Stored> all = new ArrayList<>();
            while (rows.next()) {
                all.add(new Stored(
                        rows.getLong(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getLong(4),
                        read(serializer, rows.getBytes(6), rows.getString(5)),
                        read(serializer, rows.getBytes(7), MetaData.class.getName())));
            }
            return all;
        }
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // as Axon declares it
    private static <T> T read(Serializer serializer, byte[] bytes, String type) {
        return serializer.deserialize(new SimpleSerializedObject<>(bytes, byte[].class, type, null));
    }

    boolean isOn(Target target) {
        return target.kind().equals(type) && target.id().equals(stream);
    }

    boolean isEffect() {
        return payload instanceof EffectFired;
    }

    /** Of an action. */
    Change change() {
        return (Change) payload;
    }

    /** Of an effect, as printed. */
    String trigger() {
        return ((EffectFired) payload).trigger().toString();
    }

    /** Trigger and reason of an effect. */
    Optional<String> effect() {
        return payload instanceof EffectFired effect
                ? Optional.of(effect.trigger() + " " + effect.reason())
                : Optional.empty();
    }

    /** Trigger and reason of the effect that it asks for. */
    Optional<String> firing() {
        String key = payload instanceof Changes.KeyLost lost
                ? lost.fired()
                : payload instanceof Change change ? change.fired() : null;
        return Optional.ofNullable(key)
                .map(id -> Changes.KEY + ":" + id + " "
                        + payload.getClass().getAnnotation(EffectEvent.class).reason());
    }

    /** The attempt that it was appended by. */
    String attempt() {
        Object trace = metaData.get("traceId");
        return trace == null && payload instanceof EffectFired effect ? effect.reason() : String.valueOf(trace);
    }

    /** The numbers under a key of the metadata. */
    SortedSet<Long> numbers(String key) {
        Object text = metaData.get(key);
        return text == null
                ? new TreeSet<>()
                : Arrays.stream(text.toString().split(",")).map(Long::valueOf).collect(toCollection(TreeSet::new));
    }
}
