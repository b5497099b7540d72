package dev.coherence.axon.payload;

import dev.coherence.action.Identity;
import dev.coherence.value.InvalidInputException;
import java.util.Optional;

/** The rules that the annotations of one component keep, whatever its type is. */
final class MarkRules {

    private MarkRules() {}

    static void check(Marks marks, String component, boolean isComputed, Mistakes mistakes) {
        if (marks.key().isPresent() && marks.notPatched()) {
            mistakes.add(component, "has @Key and @NotPatched, which exclude each other; leave one of them");
        }
        if (isComputed && marks.notPatched()) {
            mistakes.add(
                    component,
                    "has @NotPatched, but is a method that belongs to no field, hence not in the patch anyway;"
                            + " remove the annotation");
        }
        checkKind("@LinkedTo", marks.linkedTo(), component, mistakes);
        checkKind("@Fires", marks.fires(), component, mistakes);
    }

    private static void checkKind(String annotation, Optional<String> kind, String component, Mistakes mistakes) {
        if (kind.isEmpty()) {
            return;
        }
        try {
            Identity.of(kind.get(), "1");
        } catch (InvalidInputException e) {
            mistakes.add(
                    component,
                    annotation + "(" + InvalidInputException.quoted(kind.get()) + ") names no kind of triggers: "
                            + Mistakes.problem(e));
        }
    }
}
