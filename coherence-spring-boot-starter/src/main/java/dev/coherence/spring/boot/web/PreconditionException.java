package dev.coherence.spring.boot.web;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A request that does not say what it is based on, or not in a way that holds or can be read. Nothing was called. The
 * {@linkplain #getStatusCode() status} is 400 (cannot be read), 412 (does not hold) or 428 (is missing), and the
 * {@linkplain #getBody() body} a complete problem document, so that Spring answers with it even where nothing of this
 * package does.
 */
public final class PreconditionException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final String detail;

    private PreconditionException(ProblemType type, String detail) {
        super(HttpStatusCode.valueOf(type.status()), document(type, detail), null);
        this.type = type;
        this.detail = detail;
    }

    static PreconditionException required(String detail) {
        return new PreconditionException(ProblemType.PRECONDITION_REQUIRED, detail);
    }

    static PreconditionException invalid(String detail) {
        return new PreconditionException(ProblemType.INVALID_PRECONDITION, detail);
    }

    static PreconditionException failed(String detail) {
        return new PreconditionException(ProblemType.PRECONDITION_FAILED, detail);
    }

    Problem problem() {
        return Problem.of(type, detail);
    }

    private static ProblemDetail document(ProblemType type, String detail) {
        ProblemDetail document = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(type.status()), detail);
        document.setType(type.uri());
        document.setTitle(type.title());
        return document;
    }
}
