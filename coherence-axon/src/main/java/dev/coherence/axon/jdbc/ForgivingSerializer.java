package dev.coherence.axon.jdbc;

import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.UnknownSerializedType;
import org.jspecify.annotations.Nullable;

/**
 * The serializer of the application, where a class that it refuses to name counts as one that is missing. Serializers
 * tell the class of a payload before anybody looks at it, so that one event of a class that XStream does not allow would
 * end the reading of all others. Thread-safe if the other one is.
 */
final class ForgivingSerializer implements Serializer {

    private final Serializer serializer;

    ForgivingSerializer(Serializer serializer) {
        this.serializer = serializer;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Axon declares it
    public Class classForType(SerializedType type) {
        try {
            return serializer.classForType(type);
        } catch (RuntimeException e) {
            return UnknownSerializedType.class;
        }
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Axon declares it
    public <S, T> T deserialize(SerializedObject<S> serializedObject) {
        return classForType(serializedObject.getType()) == UnknownSerializedType.class
                ? (T) new UnknownSerializedType(this, serializedObject)
                : serializer.deserialize(serializedObject);
    }

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> expectedRepresentation) {
        return serializer.serialize(object, expectedRepresentation);
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> expectedRepresentation) {
        return serializer.canSerializeTo(expectedRepresentation);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Axon declares it
    public SerializedType typeForClass(@Nullable Class type) {
        return serializer.typeForClass(type);
    }

    @Override
    public Converter getConverter() {
        return serializer.getConverter();
    }
}
