package dev.coherence.axon.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.io.xml.StaxDriver;
import dev.coherence.revision.NumberRange;
import dev.coherence.revision.Revision;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class RevisionSerializationTest {

    private static final Revision WITH_GAPS =
            Revision.of(41, 1203).withUnseen(List.of(new NumberRange(9, 1190), new NumberRange(1198, 1198)));

    record Command(String id, Revision base) {}

    @Nested
    class Jackson_2 {

        private final ObjectMapper mapper = new ObjectMapper().findAndRegisterModules();

        @Test
        void writes_and_reads_the_text() throws Exception {
            String json = mapper.writeValueAsString(new Command("1", WITH_GAPS));

            assertThat(json).isEqualTo("{\"id\":\"1\",\"base\":\"41@1203-9..1190.1198\"}");
            assertThat(mapper.readValue(json, Command.class)).isEqualTo(new Command("1", WITH_GAPS));
        }

        @Test
        void reads_a_number_as_a_version() throws Exception {
            assertThat(mapper.readValue("41", Revision.class)).isEqualTo(Revision.ofVersion(41));
        }

        @Test
        void reads_null() throws Exception {
            assertThat(mapper.readValue("{\"id\":\"1\",\"base\":null}", Command.class)
                            .base())
                    .isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"x\"", "\"41@\"", "-1", "1.5", "{}", "[]"})
        void refuses_what_is_no_revision(String json) {
            assertThatThrownBy(() -> mapper.readValue(json, Revision.class))
                    .isInstanceOf(com.fasterxml.jackson.databind.JsonMappingException.class);
        }
    }

    @Nested
    class Jackson_3 {

        private final JsonMapper mapper =
                JsonMapper.builder().findAndAddModules().build();

        @Test
        void writes_and_reads_the_text() {
            String json = mapper.writeValueAsString(new Command("1", WITH_GAPS));

            assertThat(json).contains("\"base\":\"41@1203-9..1190.1198\"");
            assertThat(mapper.readValue(json, Command.class)).isEqualTo(new Command("1", WITH_GAPS));
        }

        @Test
        void reads_a_number_as_a_version() {
            assertThat(mapper.readValue("41", Revision.class)).isEqualTo(Revision.ofVersion(41));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"x\"", "\"41@\"", "-1", "1.5", "{}", "[]"})
        void refuses_what_is_no_revision(String json) {
            assertThatThrownBy(() -> mapper.readValue(json, Revision.class))
                    .isInstanceOf(tools.jackson.databind.DatabindException.class);
        }
    }

    @Nested
    class XStreams {

        private final XStream xStream = new XStream(new StaxDriver());

        XStreams() {
            CoherenceXStream.configure(xStream);
        }

        @Test
        void write_and_read_the_text() {
            String xml = xStream.toXML(WITH_GAPS);

            assertThat(xml).contains(">41@1203-9..1190.1198<");
            assertThat(xStream.fromXML(xml)).isEqualTo(WITH_GAPS);
        }

        @Test
        void refuse_what_is_no_revision() {
            assertThatThrownBy(() ->
                            xStream.fromXML("<dev.coherence.revision.Revision>x</dev.coherence.revision.Revision>"))
                    .hasMessageContaining("revision");
        }
    }
}
