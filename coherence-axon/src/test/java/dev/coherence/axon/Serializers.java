package dev.coherence.axon;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.thoughtworks.xstream.XStream;
import dev.coherence.axon.serialization.CoherenceXStream;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.json.JacksonSerializer;
import org.axonframework.serialization.xml.CompactDriver;
import org.axonframework.serialization.xml.XStreamSerializer;

/** Serializers as an application configures them, with nothing but coherence's classes and those of tests allowed. */
public enum Serializers {
    JACKSON_2,
    JACKSON_3,
    XSTREAM;

    /** A new serializer. */
    public Serializer serializer() {
        return switch (this) {
            case JACKSON_2 ->
                JacksonSerializer.builder().objectMapper(new ObjectMapper()).build();
            case JACKSON_3 -> Jackson3Serializer.builder().build();
            case XSTREAM -> {
                XStream xStream = new XStream(new CompactDriver());
                CoherenceXStream.configure(xStream);
                xStream.allowTypes(TypedBook.class.getDeclaredClasses());
                xStream.allowTypesByWildcard(new String[] {
                    "org.axonframework.**", "dev.coherence.axon.guard.*", "dev.coherence.axon.effect.*"
                });
                yield XStreamSerializer.builder().xStream(xStream).build();
            }
        };
    }
}
