package dev.coherence.axon.encryption;

import dev.coherence.axon.annotation.Encrypted;
import dev.coherence.axon.encryption.Secret.Content;
import dev.coherence.encryption.Encryption;
import dev.coherence.value.EncryptedValue;
import dev.coherence.value.Value;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.Version;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Encrypts the components that {@link Encrypted} marks, with Jackson 3. For the mapper of the event serializer only: what another
 * mapper writes has to be read by whom it is for.
 */
public final class EncryptionJackson3Module extends SimpleModule {

    private static final long serialVersionUID = 1L;
    private static final JsonFactory TEXTS = new JsonFactory();

    private final transient Encryption encryption;

    /**
     * Creates the module.
     *
     * @param encryption has the keys
     */
    public EncryptionJackson3Module(Encryption encryption) {
        super(EncryptionJackson3Module.class.getName());
        this.encryption = encryption;
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.insertAnnotationIntrospector(new Marked(encryption));
    }

    private static final class Marked extends AnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        private final transient Secrets secrets;

        Marked(Encryption encryption) {
            this.secrets = new Secrets(encryption);
        }

        @Override
        public Version version() {
            return Version.unknownVersion();
        }

        @Override
        public @Nullable Object findSerializer(MapperConfig<?> config, Annotated member) {
            @Nullable Secret secret = secret(member);
            return secret == null ? null : new Writer(secret);
        }

        @Override
        public @Nullable Object findDeserializer(MapperConfig<?> config, Annotated member) {
            @Nullable Secret secret = secret(member);
            return secret == null ? null : new Unread(secret);
        }

        private @Nullable Secret secret(Annotated member) {
            return secrets.of(member.getAnnotation(Encrypted.class), member.getName(), isWrittenOtherwise(member));
        }

        private static boolean isWrittenOtherwise(Annotated member) {
            @Nullable JsonSerialize serialize = member.getAnnotation(JsonSerialize.class);
            @Nullable JsonDeserialize deserialize = member.getAnnotation(JsonDeserialize.class);
            return (serialize != null && serialize.using() != ValueSerializer.None.class)
                    || (deserialize != null && deserialize.using() != ValueDeserializer.None.class);
        }
    }

    private static final class Writer extends ValueSerializer<Object> {

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
        public ValueSerializer<?> createContextual(SerializationContext provider, @Nullable BeanProperty at) {
            return new Writer(secret, at);
        }

        @Override
        public void serialize(Object clear, JsonGenerator out, SerializationContext provider) {
            write(clear, out, provider, null);
        }

        @Override
        public void serializeWithType(
                Object clear, JsonGenerator out, SerializationContext provider, TypeSerializer types) {
            write(clear, out, provider, types);
        }

        private void write(
                Object clear, JsonGenerator out, SerializationContext provider, @Nullable TypeSerializer types) {
            StringWriter json = new StringWriter();
            try (JsonGenerator text = TEXTS.createGenerator(provider, json)) {
                ValueSerializer<Object> plain = plain(clear, provider);
                if (types == null) {
                    plain.serialize(clear, text, provider);
                } else {
                    plain.serializeWithType(clear, text, provider, types);
                }
            }
            EncryptedValue stored = secret.seal(json.toString(), holders(out.streamWriteContext()));
            try (JsonParser tokens = TEXTS.createParser(ObjectReadContext.empty(), stored.toJson())) {
                tokens.nextToken();
                out.copyCurrentStructure(tokens);
            }
        }

        /** As Jackson itself does it: by the declared type where that says more than the class of what is there. */
        private ValueSerializer<Object> plain(Object clear, SerializationContext provider) {
            @Nullable JavaType declared = property == null ? null : property.getType();
            if (declared == null || !declared.hasGenericTypes()) {
                return provider.findPrimaryPropertySerializer(clear.getClass(), property);
            }
            return provider.findPrimaryPropertySerializer(
                    provider.constructSpecializedType(declared, clear.getClass()), property);
        }

        private static List<Object> holders(TokenStreamContext innermost) {
            List<Object> holders = new ArrayList<>();
            for (@Nullable TokenStreamContext at = innermost; at != null; at = at.getParent()) {
                @Nullable Object holder = at.currentValue();
                if (holder != null) {
                    holders.add(holder);
                }
            }
            return holders;
        }
    }

    private static final class Unread extends ValueDeserializer<Object> {

        private final Secret secret;

        Unread(Secret secret) {
            this.secret = secret;
        }

        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, BeanProperty at) {
            return new Reader(secret, context.findContextualValueDeserializer(at.getType(), at), at.getType());
        }

        @Override
        public Object deserialize(JsonParser in, DeserializationContext context) {
            throw new IllegalStateException(secret.place() + " is read as what no property is; annotate a property");
        }
    }

    private static final class Reader extends ValueDeserializer<Object> {

        private final Secret secret;
        private final ValueDeserializer<Object> plain;
        private final JavaType type;

        Reader(Secret secret, ValueDeserializer<Object> plain, JavaType type) {
            this.secret = secret;
            this.plain = plain;
            this.type = type;
        }

        @Override
        public @Nullable Object deserialize(JsonParser in, DeserializationContext context) {
            return read(in, context, text -> plain.deserialize(text, context));
        }

        @Override
        public @Nullable Object deserializeWithType(
                JsonParser in, DeserializationContext context, TypeDeserializer types) {
            return read(in, context, text -> plain.deserializeWithType(text, context, types));
        }

        /** What is there in clear was stored before the component was marked. */
        private @Nullable Object read(JsonParser in, DeserializationContext context, Plain how) {
            if (!in.hasToken(JsonToken.START_OBJECT)) {
                return how.read(in);
            }
            try (TokenBuffer copy = context.bufferForInputBuffering(in)) {
                copy.copyCurrentStructure(in);
                JsonParser again = copy.asParserOnFirstToken(context);
                Optional<EncryptedValue> stored = stored(copy, context);
                return stored.isPresent() ? opened(stored.get(), in, context, how) : how.read(again);
            }
        }

        private static Optional<EncryptedValue> stored(TokenBuffer copy, DeserializationContext context) {
            try (JsonParser tokens = copy.asParserOnFirstToken(context)) {
                if (!EncryptedValue.RESERVED.equals(tokens.nextName())) {
                    return Optional.empty();
                }
            }
            StringWriter json = new StringWriter();
            try (JsonGenerator text = TEXTS.createGenerator(ObjectWriteContext.empty(), json)) {
                copy.serialize(text);
            }
            return Value.parse(json.toString()) instanceof EncryptedValue encrypted
                    ? Optional.of(encrypted)
                    : Optional.empty();
        }

        private @Nullable Object opened(
                EncryptedValue stored, JsonParser in, DeserializationContext context, Plain how) {
            Content content = secret.read(stored);
            if (content instanceof Content.Json readable) {
                return parsed(readable.json(), in, context, how);
            }
            return content instanceof Content.Made made ? made.object() : nothing(context);
        }

        /** Null, for primitives zero or false: what is forgotten must not stop the event. */
        private @Nullable Object nothing(DeserializationContext context) {
            return type.isPrimitive() ? plain.getEmptyValue(context) : plain.getNullValue(context);
        }

        private @Nullable Object parsed(String json, JsonParser in, DeserializationContext context, Plain how) {
            try (JsonParser text = TEXTS.createParser(context, json)) {
                text.nextToken();
                return how.read(text);
            } catch (JacksonException e) {
                throw DatabindException.from(in, secret.unreadable(type.toCanonical(), e));
            }
        }

        @Override
        public @Nullable Object getNullValue(DeserializationContext context) {
            return plain.getNullValue(context);
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
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
        Object read(JsonParser text);
    }
}
