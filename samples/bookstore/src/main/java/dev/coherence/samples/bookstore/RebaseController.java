package dev.coherence.samples.bookstore;

import dev.coherence.Coherence;
import dev.coherence.rebase.RebaseBuilder;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Takes changes in. */
@RestController
class RebaseController {

    private final Coherence coherence;

    RebaseController(Coherence coherence) {
        this.coherence = coherence;
    }

    /** What it produces is said here, so that a client that cannot take it is refused before anything is stored. */
    @PostMapping(
            path = "/api/rebase",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ObjectNode> rebase(HttpServletRequest request) throws IOException {
        QueryParameters.of(request).refuseProblems();
        RebaseCommand command = RebaseCommandReader.read(JsonBody.read(request));
        RebaseBuilder rebase =
                coherence.rebase(command.base()).resolved(command.resolved()).dryRun(command.dryRun());
        for (RebaseCommand.Entry entry : command.history()) {
            rebase.append(entry.change(), entry.timestamp(), entry.source());
        }
        return RebaseAnswer.to(rebase.execute());
    }
}
