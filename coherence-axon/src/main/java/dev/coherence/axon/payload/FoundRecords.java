package dev.coherence.axon.payload;

import java.util.List;

/** The forms of records that are found in components of an open type. Each class is looked at once. Thread-safe. */
final class FoundRecords {

    private final ClassValue<Found> known = new ClassValue<>() {
        @Override
        protected Found computeValue(Class<?> record) {
            Mistakes mistakes = new Mistakes(record);
            Forms forms = new Forms(new Components(mistakes), mistakes, true);
            Form form = forms.of(ResolvedType.of(record), record.getTypeName());
            return new Found(form, mistakes.list());
        }
    };

    /**
     * The form of the record that the walk has met.
     *
     * @throws dev.coherence.value.InvalidInputException with all mistakes of the class, if it cannot be a value
     */
    Form form(Class<?> record, Walk walk) {
        Found found = known.get(record);
        if (!found.mistakes().isEmpty()) {
            throw walk.refused("holds a record that cannot be a value: " + String.join("; ", found.mistakes()));
        }
        return found.form();
    }

    private record Found(Form form, List<String> mistakes) {}
}
