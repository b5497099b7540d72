package dev.coherence.samples.bookstore;

import java.util.List;

/** The request is refused because of what it says: 400. */
final class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;
    private final String summary;

    /** {@code count} is the number of all findings, of which {@code findings} has the first ones, at least one. */
    InvalidRequestException(List<Finding> findings, int count) {
        this.findings = List.copyOf(findings);
        this.summary = findings.get(0) + (count == 1 ? "" : " (and " + (count - 1) + " more)");
    }

    InvalidRequestException(String place, String problem) {
        this(List.of(new Finding(place, problem)), 1);
    }

    @Override
    public String getMessage() {
        return summary;
    }

    List<Finding> findings() {
        return findings;
    }
}
