package dev.coherence.spring.boot.web;

import static java.util.function.Predicate.not;

import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a request says of its base, in the headers {@code If-Match} and {@code If-None-Match} (RFC 9110, section 13.1).
 * Whatever is wrong with {@code If-Match} is told first, since it comes first in the order of evaluation (section 13.2.2).
 * Immutable.
 *
 * @param ifMatch the header, if it is there; several lines are one list
 * @param ifNoneMatch the header, if it is there and a condition: in a request that only reads, it asks for news
 */
record ConditionalHeaders(Optional<String> ifMatch, Optional<String> ifNoneMatch) {

    private static final String ANY = "*";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** Each header with the values of its lines; without any it is not there. */
    static ConditionalHeaders of(String method, List<String> ifMatch, List<String> ifNoneMatch) {
        return new ConditionalHeaders(joined(ifMatch), joined(ifNoneMatch).filter(header -> !SAFE.contains(method)));
    }

    private static Optional<String> joined(List<String> lines) {
        return Optional.of(lines)
                .filter(not(List::isEmpty))
                .map(some -> String.join(", ", some).strip());
    }

    /** Whether what the request is for must not exist: {@code If-None-Match: *}. */
    boolean demandAbsence() {
        return ifNoneMatch.filter(ANY::equals).isPresent();
    }

    /**
     * The revision in {@code If-Match}; nothing without that header.
     *
     * @throws PreconditionException if it is there but names no revision, or if there is a condition besides it
     */
    Optional<Revision> revision() {
        Optional<Revision> revision = ifMatch.map(ConditionalHeaders::revisionOf);
        if (ifNoneMatch.isPresent()) {
            throw PreconditionException.invalid(
                    ifMatch.isPresent()
                            ? "If-Match and If-None-Match are both there, but only one can hold; leave one of them out."
                            : "If-None-Match: is no condition of this endpoint; send If-Match with the ETag of what you"
                                    + " had read.");
        }
        return revision;
    }

    /**
     * The revision in {@code If-Match}.
     *
     * @throws PreconditionException as {@link #revision()}, and if the header is missing
     */
    Revision requiredRevision() {
        if (ifMatch.isEmpty()) {
            throw PreconditionException.required("If-Match: is missing; send the ETag of what you had read.");
        }
        return revision().orElseThrow();
    }

    /**
     * What either header says; nothing without both.
     *
     * @throws PreconditionException if both are there, or one that cannot be used
     */
    Optional<Precondition> precondition() {
        if (ifMatch.isPresent() || ifNoneMatch.isEmpty()) {
            return revision().map(Precondition.Base::new);
        }
        if (!demandAbsence()) {
            throw PreconditionException.invalid("If-None-Match: " + shown(ifNoneMatch.get())
                    + " is no condition for a change; send If-None-Match: * to create, or If-Match with the ETag of what"
                    + " you had read to change it.");
        }
        return Optional.of(new Precondition.Absent());
    }

    /**
     * What either header says.
     *
     * @throws PreconditionException as {@link #precondition()}, and if both are missing
     */
    Precondition requiredPrecondition() {
        return precondition()
                .orElseThrow(() -> PreconditionException.required(
                        "If-Match and If-None-Match are both missing; send If-Match with the ETag of what you had read, or"
                                + " If-None-Match: * to create."));
    }

    private static Revision revisionOf(String header) {
        if (header.equals(ANY)) {
            throw PreconditionException.required("If-Match: * names no revision; send the ETag of what you had read.");
        }
        List<EntityTag> tags = EntityTag.list(header)
                .filter(not(List::isEmpty))
                .orElseThrow(
                        () -> PreconditionException.invalid(
                                "If-Match: " + shown(header)
                                        + " is no entity tag; send the ETag of what you had read, with its quotes, such as \"41@1203\"."));
        if (tags.size() > 1) {
            throw PreconditionException.invalid(
                    "If-Match: has " + tags.size() + " entity tags; send one, the ETag of what you had read.");
        }
        return revisionOf(tags.get(0));
    }

    private static Revision revisionOf(EntityTag tag) {
        if (tag.isWeak()) {
            throw PreconditionException.failed(
                    "If-Match: a weak entity tag never matches (RFC 9110, section 13.1.1); send"
                            + " the ETag without W/. Something between you and the server, such as compression, may have added it.");
        }
        try {
            return Revision.parse(tag.text());
        } catch (InvalidInputException e) {
            throw PreconditionException.invalid("If-Match: " + shown(tag.text()) + " is no revision: " + e.problem()
                    + "; send the ETag of what you had read, as it was.");
        }
    }

    private static String shown(String text) {
        return InvalidInputException.quoted(text);
    }
}
