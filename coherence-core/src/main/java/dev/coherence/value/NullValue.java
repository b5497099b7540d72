package dev.coherence.value;

import org.jspecify.annotations.Nullable;

/** JSON null; all instances are equal. Immutable. */
public record NullValue() implements Value {

    @Override
    public @Nullable Object toJava() {
        return null;
    }

    @Override
    public String toJson() {
        return "null";
    }

    @Override
    public boolean isEncrypted() {
        return false;
    }

    @Override
    public NullValue masked() {
        return this;
    }

    @Override
    public int depth() {
        return 0;
    }

    @Override
    public int elements() {
        return 1;
    }

    @Override
    public String toString() {
        return toJson();
    }
}
