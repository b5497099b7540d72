package dev.coherence.value;

/** JSON true or false. Immutable. */
public record BooleanValue(boolean value) implements Value {

    @Override
    public Boolean toJava() {
        return value;
    }

    @Override
    public String toJson() {
        return Boolean.toString(value);
    }

    @Override
    public boolean isEncrypted() {
        return false;
    }

    @Override
    public BooleanValue masked() {
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
