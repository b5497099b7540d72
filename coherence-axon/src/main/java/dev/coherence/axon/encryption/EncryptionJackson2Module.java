package dev.coherence.axon.encryption;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.coherence.axon.annotation.Encrypted;
import dev.coherence.axon.encryption.Secret.Content;
import dev.coherence.encryption.Encryption;
import dev.coherence.value.EncryptedValue;
import dev.coherence.value.Value;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts the components that {@link Encrypted} marks, with Jackson 2. For the mapper of the event serializer only: what another
 * mapper writes has to be read by whom it is for.
 */
public final class EncryptionJackson2Module extends SimpleModule {

    private static final long serialVersionUID = 1L;
    private static final JsonFactory TEXTS = new JsonFactory();

    private final transient Encryption encryption;

    /**
     * Creates the module.
     *
     * @param encryption has the keys
     */
    public EncryptionJackson2Module(Encryption encryption) {
        super(EncryptionJackson2Module.class.getName());
        this.encryption = encryption;
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.insertAnnotationIntrospector(new Marked(encryption));
    }

    private static final class Marked extends NopAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        private final transient Secrets secrets;

        Marked(Encryption encryption) {
            this.secrets = new Secrets(encryption);
        }

        @Override
        public @Nullable Object findSerializer(Annotated member) {
            @Nullable Secret secret = secret(member);
            return secret == null ? null : new Writer(secret);
        }

        @Override
        public @Nullable Object findDeserializer(Annotated member) {
            @Nullable Secret secret = secret(member);
            return secret == null ? null : new Unread(secret);
        }

        private @Nullable Secret secret(Annotated member) {
            return secrets.of(member.getAnnotation(Encrypted.class), member.getName(), isWrittenOtherwise(member));
        }

        private static boolean isWrittenOtherwise(Annotated member) {
            @Nullable JsonSerialize serialize = member.getAnnotation(JsonSerialize.class);
            @Nullable JsonDeserialize deserialize = member.getAnnotation(JsonDeserialize.class);
            return (serialize != null && serialize.using() != JsonSerializer.None.class)
                    || (deserialize != null && deserialize.using() != JsonDeserializer.None.class);
        }
    }

    private static final class Writer extends JsonSerializer<Object> implements ContextualSerializer {

        private final Secret secret;
        private final @Nullable BeanProperty property;

        Writer(Secret secret) {
            this(secret, null);
        }

        private Writer(Secret secret, @Nullable BeanProperty property) {
            this.secret = secret;
            this.property = property;
        }

        @Override
        public JsonSerializer<?> createContextual(SerializerProvider provider, @Nullable BeanProperty at) {
            return new Writer(secret, at);
        }

        @Override
        public void serialize(Object clear, JsonGenerator out, SerializerProvider provider) throws IOException {
            write(clear, out, provider, null);
        }

        @Override
        public void serializeWithType(
                Object clear, JsonGenerator out, SerializerProvider provider, TypeSerializer types) throws IOException {
            write(clear, out, provider, types);
        }

        private void write(Object clear, JsonGenerator out, SerializerProvider provider, @Nullable TypeSerializer types)
                throws IOException {
            StringWriter json = new StringWriter();
            try (JsonGenerator text = TEXTS.createGenerator(json)) {
                text.setCodec(out.getCodec());
                JsonSerializer<Object> plain = plain(clear, provider);
                if (types == null) {
                    plain.serialize(clear, text, provider);
                } else {
                    plain.serializeWithType(clear, text, provider, types);
                }
            }
            EncryptedValue stored = secret.seal(json.toString(), holders(out.getOutputContext()));
            try (JsonParser tokens = TEXTS.createParser(stored.toJson())) {
                tokens.nextToken();
                out.copyCurrentStructure(tokens);
            }
        }

        /** As Jackson itself does it: by the declared type where that says more than the class of what is there. */
        private JsonSerializer<Object> plain(Object clear, SerializerProvider provider) throws JsonMappingException {
            @Nullable JavaType declared = property == null ? null : property.getType();
            if (declared == null || !declared.hasGenericTypes()) {
                return provider.findPrimaryPropertySerializer(clear.getClass(), property);
            }
            return provider.findPrimaryPropertySerializer(
                    provider.constructSpecializedType(declared, clear.getClass()), property);
        }

        private static List<Object> holders(JsonStreamContext innermost) {
            List<Object> holders = new ArrayList<>();
            for (@Nullable JsonStreamContext at = innermost; at != null; at = at.getParent()) {
                @Nullable Object holder = at.getCurrentValue();
                if (holder != null) {
                    holders.add(holder);
                }
            }
            return holders;
        }
    }

    private static final class Unread extends JsonDeserializer<Object> implements ContextualDeserializer {

        private final Secret secret;

        Unread(Secret secret) {
            this.secret = secret;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty at)
                throws JsonMappingException {
            return new Reader(secret, context.findContextualValueDeserializer(at.getType(), at), at.getType());
        }

        @Override
        public Object deserialize(JsonParser in, DeserializationContext context) {
            throw new IllegalStateException(secret.place() + " is read as what no property is; annotate a property");
        }
    }

    private static final class Reader extends JsonDeserializer<Object> {

        private final Secret secret;
        private final JsonDeserializer<Object> plain;
        private final JavaType type;

        Reader(Secret secret, JsonDeserializer<Object> plain, JavaType type) {
            this.secret = secret;
            this.plain = plain;
            this.type = type;
        }

        @Override
        public @Nullable Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return read(in, context, text -> plain.deserialize(text, context));
        }

        @Override
        public @Nullable Object deserializeWithType(
                JsonParser in, DeserializationContext context, TypeDeserializer types) throws IOException {
            return read(in, context, text -> plain.deserializeWithType(text, context, types));
        }

        /** What is there in clear was stored before the component was marked. */
        private @Nullable Object read(JsonParser in, DeserializationContext context, Plain how) throws IOException {
            if (!in.hasToken(JsonToken.START_OBJECT)) {
                return how.read(in);
            }
            try (TokenBuffer copy = context.bufferForInputBuffering(in)) {
                copy.copyCurrentStructure(in);
                JsonParser again = copy.asParserOnFirstToken();
                Optional<EncryptedValue> stored = stored(copy);
                return stored.isPresent() ? opened(stored.get(), in, context, how) : how.read(again);
            }
        }

        private static Optional<EncryptedValue> stored(TokenBuffer copy) throws IOException {
            try (JsonParser tokens = copy.asParserOnFirstToken()) {
                if (!EncryptedValue.RESERVED.equals(tokens.nextFieldName())) {
                    return Optional.empty();
                }
            }
            StringWriter json = new StringWriter();
            try (JsonGenerator text = TEXTS.createGenerator(json)) {
                copy.serialize(text);
            }
            return Value.parse(json.toString()) instanceof EncryptedValue encrypted
                    ? Optional.of(encrypted)
                    : Optional.empty();
        }

        private @Nullable Object opened(EncryptedValue stored, JsonParser in, DeserializationContext context, Plain how)
                throws IOException {
            Content content = secret.read(stored);
            if (content instanceof Content.Json readable) {
                return parsed(readable.json(), in, how);
            }
            return content instanceof Content.Made made ? made.object() : nothing(context);
        }

        /** Null, for primitives zero or false: what is forgotten must not stop the event. */
        private @Nullable Object nothing(DeserializationContext context) throws IOException {
            return type.isPrimitive() ? plain.getEmptyValue(context) : plain.getNullValue(context);
        }

        private @Nullable Object parsed(String json, JsonParser in, Plain how) throws IOException {
            try (JsonParser text = TEXTS.createParser(json)) {
                text.setCodec(in.getCodec());
                text.nextToken();
                return how.read(text);
            } catch (JsonProcessingException e) {
                throw new JsonMappingException(in, secret.unreadable(type.toCanonical(), e));
            }
        }

        @Override
        public @Nullable Object getNullValue(DeserializationContext context) throws JsonMappingException {
            return plain.getNullValue(context);
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) throws JsonMappingException {
            return plain.getAbsentValue(context);
        }

        @Override
        public @Nullable LogicalType logicalType() {
            return plain.logicalType();
        }
    }

    /** How the value itself is read. */
    @FunctionalInterface
    private interface Plain {

        @Nullable
        Object read(JsonParser text) throws IOException;
    }
}
