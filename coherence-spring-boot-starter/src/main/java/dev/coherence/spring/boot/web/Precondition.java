package dev.coherence.spring.boot.web;

import dev.coherence.revision.Revision;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * On what a request is based that may change or create something; a parameter of a controller method. A request with
 * neither header is answered with 428, one with both with 400. Immutable.
 */
public sealed interface Precondition {

    /** Calls the one that is for this kind, and returns what it returns. */
    <R> R fold(Function<? super Revision, ? extends R> base, Supplier<? extends R> absent);

    /**
     * The request changes what its sender had read: {@code If-Match: "41@1203"}.
     *
     * @param revision the revision that its sender had read
     */
    record Base(Revision revision) implements Precondition {

        /** Refuses null. */
        public Base {
            Objects.requireNonNull(revision, "revision");
        }

        @Override
        public <R> R fold(Function<? super Revision, ? extends R> base, Supplier<? extends R> absent) {
            return base.apply(revision);
        }
    }

    /** The request creates what must not be there yet: {@code If-None-Match: *}. */
    record Absent() implements Precondition {

        @Override
        public <R> R fold(Function<? super Revision, ? extends R> base, Supplier<? extends R> absent) {
            return absent.get();
        }
    }
}
