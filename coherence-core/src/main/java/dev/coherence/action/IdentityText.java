package dev.coherence.action;

import dev.coherence.value.InvalidInputException;
import dev.coherence.value.WellFormed;

/** An identity as one text: {@code kind:id}, the kind escaped. */
final class IdentityText {

    private static final String PLACE = "identity";

    private IdentityText() {}

    /** Escapes the escape character first, then those that end a kind. */
    static String of(String kind, String id) {
        return kind.replace("%", "%25").replace(":", "%3A").replace("!", "%21") + ':' + id;
    }

    static Identity parse(String text) {
        int colon = WellFormed.present(PLACE, text).indexOf(':');
        if (colon < 0) {
            throw new InvalidInputException(
                    PLACE, "must be kind:id, but " + InvalidInputException.quoted(text) + " has no colon");
        }
        Identity identity = identity(unescaped(text.substring(0, colon)), text.substring(colon + 1));
        if (!identity.toString().equals(text)) {
            throw new InvalidInputException(
                    PLACE,
                    "in a kind, write % as %25, : as %3A and ! as %21, and nothing else like this; "
                            + InvalidInputException.quoted(text) + " does not");
        }
        return identity;
    }

    private static Identity identity(String kind, String id) {
        try {
            return new Identity(kind, id);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(PLACE, "its " + e.place() + " " + e.problem());
        }
    }

    /** Undoes the three escapes and leaves everything else alone; the escape character itself comes last. */
    private static String unescaped(String kind) {
        return kind.replace("%21", "!").replace("%3A", ":").replace("%25", "%");
    }
}
