package dev.coherence.spring.boot.web;

import java.net.URI;
import java.util.Locale;

/** What can be wrong with a request, as far as this package knows: the type of the problem document, and its status. */
enum ProblemType {
    /** Something changed that the request's base has not seen. */
    CONFLICTING(409),
    /** Somebody else was faster; the same request may succeed. */
    LOST_RACE(409),
    /** What was to be created is there already. The request did not say that this is a condition. */
    ALREADY_EXISTS(409),
    /** What the command says of its base cannot be. */
    INVALID_COMMAND(422),
    /** A condition of the request does not hold. */
    PRECONDITION_FAILED(412),
    /** A condition of the request cannot be read, or contradicts another. */
    INVALID_PRECONDITION(400),
    /** The request has to say what it was based on. */
    PRECONDITION_REQUIRED(428);

    private final int status;

    ProblemType(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /** Such as {@code urn:coherence:lost-race}. */
    URI uri() {
        return URI.create("urn:coherence:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** Such as {@code Lost race}. */
    String title() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
