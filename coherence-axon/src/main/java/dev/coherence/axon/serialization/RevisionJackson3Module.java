package dev.coherence.axon.serialization;

import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Writes a {@link Revision} as its text, with Jackson 3. Found by {@code JsonMapper.builder().findAndAddModules()}. */
public final class RevisionJackson3Module extends SimpleModule {

    private static final long serialVersionUID = 1L;

    /** Creates the module. */
    public RevisionJackson3Module() {
        super(RevisionJackson3Module.class.getName());
        addSerializer(Revision.class, ToStringSerializer.instance);
        addDeserializer(Revision.class, new Reader());
    }

    private static final class Reader extends FromStringDeserializer<Revision> {

        Reader() {
            super(Revision.class);
        }

        @Override
        public Revision deserialize(JsonParser parser, DeserializationContext context) {
            return parser.currentToken().isNumeric()
                    ? revision(parser.getString(), context)
                    : super.deserialize(parser, context);
        }

        @Override
        protected Revision _deserialize(String text, DeserializationContext context) {
            return revision(text, context);
        }

        private static Revision revision(String text, DeserializationContext context) {
            try {
                return Revision.parse(text);
            } catch (InvalidInputException e) {
                return (Revision) context.handleWeirdStringValue(Revision.class, text, "%s", e.problem());
            }
        }
    }
}
