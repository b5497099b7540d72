package dev.coherence.samples.bookstore;

import dev.coherence.AggregateState;
import dev.coherence.Coherence;
import dev.coherence.action.Identity;
import dev.coherence.axon.event.CoherenceMetaData;
import dev.coherence.revision.Revision;
import dev.coherence.spring.boot.web.Precondition;
import dev.coherence.spring.boot.web.Revised;
import dev.coherence.value.InvalidInputException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;

/**
 * Books, which are annotated aggregates, over HTTP. The ETag of a book is its revision; a change sends it back in {@code
 * If-Match}. The starter takes it from there, and answers if it is missing, wrong, or in conflict with what happened since.
 */
@RestController
class BooksController {

    private static final String USER = "X-User";

    private final Coherence coherence;
    private final CommandGateway commands;

    BooksController(Coherence coherence, CommandGateway commands) {
        this.coherence = coherence;
        this.commands = commands;
    }

    @GetMapping(path = "/books/{isbn}", produces = "application/json")
    ResponseEntity<JsonNode> show(HttpServletRequest request) {
        QueryParameters.of(request).refuseProblems();
        return book(IdentityInPath.isbn(request));
    }

    /** Adds a book, or, based on what the client has read, gives every field of it the value that is sent. */
    @PutMapping(path = "/books/{isbn}", produces = "application/json")
    ResponseEntity<JsonNode> put(Precondition precondition, HttpServletRequest request) throws IOException {
        String isbn = IdentityInPath.isbn(request);
        Set<Long> resolved = resolved(request);
        BookChange whole = BookChange.whole(JsonBody.read(request));
        return precondition.fold(base -> revise(isbn, base, resolved, whole, request), () -> {
            send(whole.add(isbn), request);
            return book(isbn).withStatus(HttpStatus.CREATED);
        });
    }

    /** Takes a JSON merge patch. */
    @PatchMapping(path = "/books/{isbn}", produces = "application/json")
    ResponseEntity<JsonNode> patch(Revision base, HttpServletRequest request) throws IOException {
        String isbn = IdentityInPath.isbn(request);
        Set<Long> resolved = resolved(request);
        return revise(isbn, base, resolved, BookChange.part(JsonBody.read(request)), request);
    }

    private Revised<JsonNode> revise(
            String isbn, Revision base, Set<Long> resolved, BookChange change, HttpServletRequest request) {
        if (!change.changesNothing()) {
            send(change.revise(isbn, base, resolved), request);
        }
        return book(isbn);
    }

    /** The client sees the whole book as it is now, and so may be given the revision of all of it. */
    private Revised<JsonNode> book(String isbn) {
        AggregateState state = coherence.state(Identity.of(Book.KIND, isbn));
        if (state.revision().version().isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no book with this ISBN.");
        }
        return Revised.of(state.revision(), EventJson.value(state.document().value()));
    }

    private void send(Object command, HttpServletRequest request) {
        String user = request.getHeader(USER);
        MetaData actor = user == null || user.isBlank()
                ? MetaData.emptyInstance()
                : MetaData.with(
                        CoherenceMetaData.ACTOR, Identity.of("user", user).toString());
        try {
            commands.sendAndWait(new GenericCommandMessage<>(command, actor));
        } catch (AggregateNotFoundException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no book with this ISBN.", e);
        }
    }

    private static Set<Long> resolved(HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request, "resolved");
        Set<Long> resolved = new TreeSet<>(query.repeated("resolved", BooksController::sequenceNumber));
        query.refuseProblems();
        return resolved;
    }

    private static Long sequenceNumber(String text) {
        if (!text.matches("[1-9][0-9]{0,17}")) {
            throw new InvalidInputException("resolved", "must be the number of an event, from 1");
        }
        return Long.valueOf(text);
    }
}
