package dev.coherence.value;

/** A JSON string. Compared code unit by code unit: no Unicode normalisation. Immutable. */
public record TextValue(String value) implements Value {

    /**
     * @throws InvalidInputException with place {@code value}, if the text is longer than
     *     {@link Limits#MAX_TEXT_LENGTH} or has an unpaired surrogate, which would not survive UTF-8
     */
    public TextValue {
        WellFormed.text("value", value);
    }

    @Override
    public String toJava() {
        return value;
    }

    @Override
    public String toJson() {
        return JsonText.quoted(value);
    }

    @Override
    public boolean isEncrypted() {
        return false;
    }

    @Override
    public TextValue masked() {
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
