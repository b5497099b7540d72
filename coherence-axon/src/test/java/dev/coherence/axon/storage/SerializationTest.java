package dev.coherence.axon.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.axon.Serializers;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.log.Draft;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SerializationTest {

    private static final Identity BOOK = Identity.of("book", "Neuromancer: \"x\" </a> \u00e9\ud83d\ude00");
    private static final Instant TIMESTAMP = Instant.parse("2026-01-01T00:00:00.123456789Z");

    private final EventCodec codec = new EventCodec(StreamNames.withoutAnnotatedKinds());

    @ParameterizedTest
    @EnumSource
    void values_of_each_type_come_back_equal_and_of_equal_type(Serializers format) {
        Patch patch = Patch.builder()
                .assoc("null", null)
                .assoc("boolean", true)
                .assoc("integer", 1)
                .assoc("long", Long.MAX_VALUE)
                .assoc("big", BigInteger.TEN.pow(40))
                .assoc("decimal", new BigDecimal("0.10000000000000000000000000000000001"))
                .assoc("exponent", new BigDecimal("1E+300"))
                .assoc("text", "\u0000\u0001\u001f \"\\ <&>]]> \ud83d\ude00 \u2028 \ufffe")
                .assoc("empty", "")
                .assoc("instant-like", "2026-01-01T00:00:00Z")
                .assoc("list", Arrays.asList(1, null, "x", List.of(), Map.of()))
                .assoc("map", Map.of("a.b", 1, "", Map.of("c", 2.5)))
                .assoc(Path.of("a.b", "\u0001\"", "\ufffe"), 1)
                .dissoc(Path.of("gone", "x.y"))
                .build();
        Action action = new Action("update", Identity.of("us:er", "b%ob"), BOOK, patch, new TreeSet<>(Set.of(BOOK)));

        RecordedAction back = (RecordedAction) roundTrip(format.serializer(), action);

        assertThat(back.action()).isEqualTo(action);
        assertThat(back.timestamp()).isEqualTo(TIMESTAMP);
        assertThat(back.source()).isEqualTo("shop");
        assertThat(back.action().patch().assoc().get(Path.of("long")).toJava()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource
    void effects_come_back_equal(Serializers format) {
        Effect effect = new Effect("key-expired", Identity.of("encryption:key", "1!"));
        assertThat(((RecordedEffect) roundTrip(format.serializer(), effect)).effect())
                .isEqualTo(effect);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_stored_can_be_read_by_people(Serializers format) {
        Action action = new Action(
                "update",
                Identity.of("user", "bob"),
                Identity.of("book", "1"),
                Patch.builder().assoc("genre", "Cyberpunk").build(),
                new TreeSet<>());
        SerializedObject<String> stored = format.serializer().serialize(PatchApplied.of(action), String.class);
        assertThat(stored.getData()).contains("update").contains("user:bob").contains("Cyberpunk");
        assertThat(stored.getType().getName()).isEqualTo("dev.coherence.axon.event.PatchApplied");
        assertThat(stored.getType().getRevision()).isEqualTo("1");
    }

    @Test
    void the_stored_forms_of_version_1_stay_readable() {
        Serializer serializer = Serializers.JACKSON_3.serializer();
        String stored = """
                {"reason":"update","actor":"user:bob","assoc":{"genre":"\\"Cyberpunk\\"","price":"12.5"},\
                "dissoc":["address.city"],"triggers":["encryption-key:1"]}""";
        PatchApplied read = serializer.deserialize(new org.axonframework.serialization.SimpleSerializedObject<>(
                stored, String.class, PatchApplied.class.getName(), "1"));
        assertThat(read.toAction(Identity.of("book", "1")))
                .isEqualTo(new Action(
                        "update",
                        Identity.of("user", "bob"),
                        Identity.of("book", "1"),
                        Patch.builder()
                                .assoc("genre", "Cyberpunk")
                                .assoc("price", 12.5)
                                .dissoc("address.city")
                                .build(),
                        new TreeSet<>(Set.of(Identity.of("encryption-key", "1")))));
        assertThat(serializer.serialize(read, String.class).getData()).isEqualTo(stored);
    }

    private Event roundTrip(Serializer serializer, dev.coherence.action.Change change) {
        DomainEventMessage<?> message = codec.encode(new Draft(change, TIMESTAMP, "shop", new TreeSet<>()), 3);
        SerializedObject<byte[]> payload = serializer.serialize(message.getPayload(), byte[].class);
        SerializedObject<byte[]> metaData = serializer.serialize(message.getMetaData(), byte[].class);
        MetaData readMetaData = serializer.deserialize(metaData);
        assertThat(readMetaData).isEqualTo(message.getMetaData());
        Object readPayload = serializer.deserialize(payload);
        assertThat(readPayload).isEqualTo(message.getPayload()).hasSameHashCodeAs(message.getPayload());
        return codec.decode(
                        new GenericDomainEventMessage<>(
                                message.getType(), message.getAggregateIdentifier(), 3, readPayload, readMetaData),
                        7)
                .orElseThrow();
    }
}
