package dev.coherence.axon.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Patch;
import dev.coherence.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events of an aggregate whose field {@code id} is {@code "#1"}, as their descriptors read them. */
final class Described {

    static final String ID = "#1";

    private static final EventDescriptors DESCRIPTORS = new EventDescriptors();

    private Described() {}

    static EventDescriptor descriptor(Object event) {
        return DESCRIPTORS.of(event.getClass());
    }

    static Patch patch(Object event) {
        return descriptor(event).patch(event, ID, Optional.of("id"));
    }

    /** What the patch associates: the printed path to the canonical text. */
    static Map<String, String> assoc(Object event) {
        return printed(patch(event));
    }

    static Map<String, String> printed(Patch patch) {
        Map<String, String> entries = new LinkedHashMap<>();
        patch.assoc().forEach((path, value) -> entries.put(path.toString(), value.toJson()));
        return entries;
    }

    /** The only value of the patch. */
    static Value value(Object event) {
        Map<?, Value> entries = patch(event).assoc();
        if (entries.size() != 1) {
            throw new AssertionError("one value expected, but found " + entries);
        }
        return entries.values().iterator().next();
    }

    static List<String> mistakes(Class<?> type) {
        return DESCRIPTORS.mistakes(type);
    }

    /** The only mistake of the class: where it is, and texts that the message has to contain. */
    static void assertMistake(Class<?> type, String member, String... parts) {
        assertThat(mistakes(type))
                .singleElement()
                .asString()
                .startsWith(type.getTypeName() + (member.isEmpty() ? "" : "." + member) + ": ")
                .contains(parts);
        assertThatThrownBy(() -> DESCRIPTORS.of(type)).isInstanceOf(InvalidEventClassException.class);
    }
}
