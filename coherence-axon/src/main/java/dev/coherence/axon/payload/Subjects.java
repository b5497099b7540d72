package dev.coherence.axon.payload;

import static java.util.stream.Collectors.joining;

import dev.coherence.action.Identity;
import dev.coherence.value.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds whom something in an event is about: the one that a component with {@code @LinkedTo} names. Each class is looked at once.
 * Thread-safe.
 */
public final class Subjects {

    private final ClassValue<List<Subject>> known = new ClassValue<>() {
        @Override
        protected List<Subject> computeValue(Class<?> type) {
            return find(type);
        }
    };

    /** Creates it; a class is looked at when the first of its objects comes. */
    public Subjects() {}

    /**
     * The one that something in the first of these objects is about.
     *
     * @param place what it is that is looked for, for messages
     * @param name the name of the component that names it; empty for the only one of an object
     * @param holders an object, the one that holds it, and so on; the first that has such a component counts
     * @throws InvalidInputException if none has such a component, one has several and the name is empty, or it holds null
     */
    public Identity of(String place, String name, List<?> holders) {
        for (Object holder : holders) {
            List<Subject> subjects = subjects(holder, name);
            if (subjects.size() > 1) {
                throw new InvalidInputException(
                        place,
                        "could be about each of " + names(subjects) + " of "
                                + holder.getClass().getTypeName() + "; name one with key in @Encrypted");
            }
            if (!subjects.isEmpty()) {
                return subjects.get(0)
                        .of(holder)
                        .orElseThrow(() -> new InvalidInputException(
                                place,
                                "is about nobody, as " + names(subjects) + " of "
                                        + holder.getClass().getTypeName() + " is null; set it"));
            }
        }
        throw new InvalidInputException(
                place,
                (name.isEmpty() ? "has no component with @LinkedTo" : "has no component " + name + " with @LinkedTo")
                        + " beside it, nor in what holds it, that holds one id; add it, for its kind and id name the key");
    }

    private List<Subject> subjects(Object holder, String name) {
        Class<?> type = holder.getClass();
        return JdkClasses.contains(type)
                ? List.of()
                : known.get(type).stream()
                        .filter(subject -> name.isEmpty() || subject.name().equals(name))
                        .toList();
    }

    private static String names(List<Subject> subjects) {
        return subjects.stream().map(Subject::name).collect(joining(", "));
    }

    private static List<Subject> find(Class<?> type) {
        Mistakes mistakes = new Mistakes(type);
        List<Subject> subjects = new ArrayList<>();
        for (Component component : new Components(mistakes).of(ResolvedType.of(type))) {
            component
                    .marks()
                    .linkedTo()
                    .flatMap(kind -> Accessor.of(component, mistakes)
                            .map(accessor -> new Subject(component.name(), kind, accessor)))
                    .ifPresent(subjects::add);
        }
        return List.copyOf(subjects);
    }

    private record Subject(String name, String kind, Accessor accessor) {

        Optional<Identity> of(Object holder) {
            @Nullable Object id = accessor.read(holder);
            return Optional.ofNullable(id).map(found -> Identity.of(kind, text(found)));
        }

        private String text(Object id) {
            return TriggerIds.text(id.getClass())
                    .orElseThrow(() -> new InvalidInputException(
                            name, TriggerIds.problem(id.getClass().getTypeName())))
                    .apply(id);
        }
    }
}
