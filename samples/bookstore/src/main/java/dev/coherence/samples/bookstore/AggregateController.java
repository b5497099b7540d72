package dev.coherence.samples.bookstore;

import dev.coherence.AggregateState;
import dev.coherence.Coherence;
import dev.coherence.action.Identity;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows the current state of an aggregate. */
@RestController
class AggregateController {

    private final Coherence coherence;

    AggregateController(Coherence coherence) {
        this.coherence = coherence;
    }

    /** The ETag is the revision that the state reflects; it serves as the base of a change to this aggregate. */
    @GetMapping(path = "/api/aggregates/{kind}/{id}", produces = "application/json")
    ResponseEntity<ObjectNode> state(HttpServletRequest request) {
        QueryParameters.of(request).refuseProblems();
        Identity identity = IdentityInPath.of(request);
        AggregateState state = coherence.state(identity);
        if (state.revision().version().isEmpty()) {
            return Problem.of(HttpStatus.NOT_FOUND, "There is no action on this aggregate.")
                    .response();
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("state", EventJson.value(state.document().value()));
        return ResponseEntity.ok().eTag(state.revision().toString()).body(json);
    }
}
