package dev.coherence.axon.token;

import static dev.coherence.axon.token.Universe.gaps;
import static dev.coherence.axon.token.Universe.manyGaps;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.thoughtworks.xstream.XStream;
import dev.coherence.axon.Serializers;
import dev.coherence.axon.serialization.CoherenceXStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

class LanesTokenSerializationTest {

    private static final LanesToken IN_WINDOW = LanesToken.of(gaps(12, 10, 11), new Lane(gaps(3), gaps(7, 5), 40));
    /** Axon's replay tokens declare the context of a reset as an Object, which Jackson 3 refuses as long as nobody allows it. */
    private static final PolymorphicTypeValidator ANY_RESET_CONTEXT = BasicPolymorphicTypeValidator.builder()
            .allowIfBaseType(Object.class)
            .allowIfBaseType(TrackingToken.class)
            .build();

    private static final LanesToken BEHIND = LanesToken.of(new GlobalSequenceTrackingToken(7), Lane.NOTHING);

    private static final String JSON = """
            {"version":1,\
            "live":{"@class":"org.axonframework.eventhandling.GapAwareTrackingToken","index":12,"gaps":[10,11]},\
            "done":{"@class":"org.axonframework.eventhandling.GapAwareTrackingToken","index":3,"gaps":[]},\
            "window":{"@class":"org.axonframework.eventhandling.GapAwareTrackingToken","index":7,"gaps":[5]},\
            "cursor":40}""";

    private static final String XML = """
            <dev.coherence.axon.token.LanesToken><version>1</version>\
            <live class="org.axonframework.eventhandling.GapAwareTrackingToken">\
            <index>12</index><gaps><long>10</long><long>11</long></gaps></live>\
            <done class="org.axonframework.eventhandling.GapAwareTrackingToken"><index>3</index><gaps/></done>\
            <window class="org.axonframework.eventhandling.GapAwareTrackingToken">\
            <index>7</index><gaps><long>5</long></gaps></window>\
            <cursor>40</cursor></dev.coherence.axon.token.LanesToken>""";

    private static final Map<Format, Serializer> SERIALIZERS =
            Stream.of(Format.values()).collect(toMap(format -> format, Format::serializer));

    private enum Format {
        JACKSON_2(JSON) {
            @Override
            Serializer serializer() {
                return Serializers.JACKSON_2.serializer();
            }
        },

        JACKSON_3(JSON) {
            @Override
            Serializer serializer() {
                return Jackson3Serializer.builder()
                        .jsonMapperBuilderCustomizer(mapper -> mapper.polymorphicTypeValidator(ANY_RESET_CONTEXT))
                        .build();
            }
        },

        XSTREAM(XML) {
            @Override
            Serializer serializer() {
                return Serializers.XSTREAM.serializer();
            }
        };

        /** {@link #IN_WINDOW} as format 1 writes it; it stays readable. */
        final String stored;

        Format(String stored) {
            this.stored = stored;
        }

        abstract Serializer serializer();

        String write(TrackingToken token) {
            return SERIALIZERS.get(this).serialize(token, String.class).getData();
        }

        TrackingToken read(String text) {
            return SERIALIZERS
                    .get(this)
                    .deserialize(new SimpleSerializedObject<>(text, String.class, LanesToken.class.getName(), null));
        }
    }

    @ParameterizedTest
    @EnumSource
    void format_1_is_written(Format format) {
        assertThat(format.write(IN_WINDOW)).isEqualTo(format.stored);
    }

    @ParameterizedTest
    @EnumSource
    void format_1_is_read(Format format) {
        assertThat(format.read(format.stored)).isEqualTo(IN_WINDOW);
    }

    @ParameterizedTest
    @EnumSource
    void every_token_is_read_as_it_was_written(Format format) {
        for (Universe universe : Universe.values()) {
            for (TrackingToken live : universe.plain(2)) {
                assertRoundTrip(format, LanesToken.of(live, Lane.NOTHING));
            }
            for (Lane lane : universe.lanes(2, 1)) {
                assertRoundTrip(format, LanesToken.of(universe.raw(2).get(2), lane));
            }
        }
        assertRoundTrip(format, BEHIND);
    }

    private static void assertRoundTrip(Format format, LanesToken token) {
        assertThat(format.read(format.write(token))).isEqualTo(token);
    }

    @ParameterizedTest
    @EnumSource
    void what_led_to_a_token_is_not_written(Format format) {
        LanesToken message = LanesToken.event(gaps(12, 10, 11), IN_WINDOW.lane());
        LanesToken advanced = LanesToken.of(gaps(9), IN_WINDOW.lane()).advancedTo(message);

        assertThat(format.write(advanced)).isEqualTo(format.write(message)).isEqualTo(format.stored);
        assertThat(((LanesToken) format.read(format.stored)).advancedTo(message))
                .isNotSameAs(IN_WINDOW);
    }

    @ParameterizedTest
    @EnumSource
    void a_later_format_is_refused_by_its_number(Format format) {
        String later = format.stored
                .replace("\"version\":1", "\"version\":2,\"more\":\"\"")
                .replace("<version>1<", "<version>2<");

        assertThatThrownBy(() -> format.read(later)).hasStackTraceContaining("format 2");
    }

    /** {@link CoherenceXStream} knows the class by its name only. */
    @Test
    void an_XStream_that_is_configured_for_coherence_allows_the_token() {
        XStream xStream = new XStream();
        CoherenceXStream.configure(xStream);
        LanesToken untouched = LanesToken.of(null, Lane.NOTHING);

        assertThat(xStream.fromXML(xStream.toXML(untouched))).isEqualTo(untouched);
    }

    /** A MySQL BLOB holds 64 KB; the positions are as long as those of a store with a thousand million events. */
    @ParameterizedTest
    @EnumSource
    void a_token_with_a_thousand_gaps_in_each_place_has_a_known_size(Format format) {
        LanesToken token = LanesToken.of(
                manyGaps(1_000_009_000L), new Lane(manyGaps(1_000_003_000L), manyGaps(1_000_006_000L), 1_000_002_000L));

        int size = format.write(token).length();

        assertThat(format.read(format.write(token))).isEqualTo(token);
        assertThat(size)
                .isBetween(format == Format.XSTREAM ? 69_000 : 33_000, format == Format.XSTREAM ? 71_000 : 34_000);
    }

    @Test
    void java_writes_and_reads_tokens_too() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(IN_WINDOW);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(IN_WINDOW);
        }
    }
}
