package dev.coherence.spring.boot.web;

import dev.coherence.revision.Revision;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;

/**
 * What a controller method answers of which it knows the revision: the body, with the revision as its {@code ETag}. A
 * {@code GET} whose {@code If-None-Match} has the same tag is answered with 304 and without the body.
 *
 * <p>For other headers take {@code ResponseEntity.ok().eTag(revision.toString())}, which does the same. Immutable if the
 * body is.
 */
public final class Revised<T> extends ResponseEntity<T> {

    private final Revision revision;
    private final HttpHeaders headers;

    private Revised(Revision revision, @Nullable T body, HttpStatusCode status) {
        super(body, status);
        this.revision = Objects.requireNonNull(revision, "revision");
        HttpHeaders tagged = new HttpHeaders();
        tagged.setETag('"' + revision.toString() + '"');
        this.headers = HttpHeaders.readOnlyHttpHeaders(tagged);
    }

    /**
     * Answers 200 with a body.
     *
     * @param revision read before the body, or in the same statement, so that it covers no more than the body shows
     */
    public static <T> Revised<T> of(Revision revision, T body) {
        return new Revised<>(revision, Objects.requireNonNull(body, "body"), HttpStatus.OK);
    }

    /** Answers 204, without a body. */
    public static Revised<Void> of(Revision revision) {
        return new Revised<>(revision, null, HttpStatus.NO_CONTENT);
    }

    /** Returns the same with another status, such as 201. */
    public Revised<T> withStatus(HttpStatusCode status) {
        return new Revised<>(revision, getBody(), status);
    }

    /** Returns the revision that the body shows. */
    public Revision revision() {
        return revision;
    }

    /** Returns the {@code ETag}; read-only. */
    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other) && other instanceof Revised<?> that && revision.equals(that.revision);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + revision.hashCode();
    }

    @Override
    public String toString() {
        return "<%s,%s,%s>".formatted(getStatusCode(), revision, getBody());
    }
}
