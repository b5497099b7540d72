package dev.coherence.axon.serialization;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import java.io.IOException;

/** Writes a {@link Revision} as its text, with Jackson 2. Found by {@code ObjectMapper.findAndRegisterModules()}. */
public final class RevisionJackson2Module extends SimpleModule {

    private static final long serialVersionUID = 1L;

    /** Creates the module. */
    public RevisionJackson2Module() {
        super(RevisionJackson2Module.class.getName());
        addSerializer(Revision.class, ToStringSerializer.instance);
        addDeserializer(Revision.class, new Reader());
    }

    private static final class Reader extends FromStringDeserializer<Revision> {

        private static final long serialVersionUID = 1L;

        Reader() {
            super(Revision.class);
        }

        @Override
        public Revision deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parser.currentToken().isNumeric()
                    ? revision(parser.getText(), context)
                    : super.deserialize(parser, context);
        }

        @Override
        protected Revision _deserialize(String text, DeserializationContext context) throws IOException {
            return revision(text, context);
        }

        private static Revision revision(String text, DeserializationContext context) throws IOException {
            try {
                return Revision.parse(text);
            } catch (InvalidInputException e) {
                return (Revision) context.handleWeirdStringValue(Revision.class, text, "%s", e.problem());
            }
        }
    }
}
