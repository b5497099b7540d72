package dev.coherence.samples.bookstore;

import dev.coherence.Coherence;
import dev.coherence.action.Identity;
import dev.coherence.log.Reading;
import dev.coherence.revision.Revision;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows what happened. */
@RestController
class EventsController {

    /** The header that says up to which revision a read has read: the next read's {@code after}, or a base. */
    static final String REVISION = "Coherence-Revision";

    private final Coherence coherence;

    EventsController(Coherence coherence) {
        this.coherence = coherence;
    }

    /** Of the two this is also the answer to who accepts anything. */
    @GetMapping(path = "/api/events", produces = MediaType.APPLICATION_JSON_VALUE)
    void array(HttpServletRequest request, HttpServletResponse response) throws IOException {
        stream(request, response, EventStream.ARRAY);
    }

    @GetMapping(path = "/api/events", produces = MediaType.APPLICATION_NDJSON_VALUE)
    void lines(HttpServletRequest request, HttpServletResponse response) throws IOException {
        stream(request, response, EventStream.LINES);
    }

    private void stream(HttpServletRequest request, HttpServletResponse response, EventStream format)
            throws IOException {
        try (Reading reading = open(request)) {
            response.setHeader(REVISION, reading.revision().toString());
            format.write(reading.actions().iterator(), response);
        }
    }

    private Reading open(HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request, "after", "aggregate", "kind");
        Optional<Revision> after = query.once("after", EventsController::numberOrRevision);
        List<Identity> aggregates = query.repeated("aggregate", Identity::parse);
        List<String> kinds = query.repeated("kind", EventsController::kind);
        query.refuseProblems();
        return coherence
                .read()
                .after(after.orElse(Revision.at(0)))
                .aggregates(aggregates)
                .kinds(kinds)
                .open();
    }

    /** A bare number would also be a revision, of a version alone; here it is a sequence number. */
    private static Revision numberOrRevision(String text) {
        boolean isNumber = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return Revision.parse(isNumber ? "@" + text : text);
    }

    /** A kind that something can be of. */
    private static String kind(String text) {
        return Identity.of(text, "1").kind();
    }

    @GetMapping(path = "/api/conflicts", produces = MediaType.APPLICATION_JSON_VALUE)
    ArrayNode conflicts(HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request, "base", "aggregate");
        Optional<Revision> base = query.required("base", Revision::parse);
        Optional<Identity> aggregate = query.required("aggregate", Identity::parse);
        query.refuseProblems();
        return EventJson.events(coherence.conflicts(base.orElseThrow(), aggregate.orElseThrow()));
    }

    /** The number of the last event; for information, not a base: events with lower numbers may still appear. */
    @GetMapping(path = "/api/sequence-number", produces = MediaType.APPLICATION_JSON_VALUE)
    ObjectNode sequenceNumber(HttpServletRequest request) {
        QueryParameters.of(request).refuseProblems();
        return JsonNodeFactory.instance.objectNode().put("sequenceNumber", coherence.sequenceNumber());
    }
}
