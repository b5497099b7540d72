package dev.coherence.samples.bookstore;

import dev.coherence.conflict.Conflict;
import dev.coherence.conflict.Dispute;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.value.Value;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The answer over HTTP to each result of a rebase. */
final class RebaseAnswer {

    private RebaseAnswer() {}

    static ResponseEntity<ObjectNode> to(RebaseResult result) {
        return result.fold(
                RebaseAnswer::accepted, RebaseAnswer::conflicting, RebaseAnswer::invalidBase, RebaseAnswer::lost);
    }

    private static ResponseEntity<ObjectNode> accepted(RebaseResult.Accepted accepted) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("result", "accepted");
        json.set("events", EventJson.events(accepted.events()));
        json.put("revision", accepted.revision().toString());
        return ResponseEntity.ok(json);
    }

    private static ResponseEntity<ObjectNode> conflicting(RebaseResult.Conflicting conflicting) {
        Problem problem = Problem.result(
                HttpStatus.CONFLICT,
                "conflicting",
                "Something changed that the base has not seen. Look at \"theirs\" of each conflict, then send again with"
                        + " its sequenceNumber in \"resolved\", or with a newer base.");
        problem.json().set("accepted", EventJson.events(conflicting.accepted()));
        ArrayNode conflicts = problem.json().putArray("conflicts");
        conflicting.conflicts().forEach(conflict -> conflicts.add(conflict(conflict)));
        return problem.response();
    }

    private static ResponseEntity<ObjectNode> invalidBase(RebaseResult.InvalidBase invalid) {
        Problem problem = Problem.result(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "invalid-base",
                "The base lies beyond the end of the store. Read again, and use the revision that the read returns.");
        problem.json().put("nextSequenceNumber", invalid.nextSequenceNumber());
        return problem.response();
    }

    private static ResponseEntity<ObjectNode> lost(RebaseResult.WriteConflict lost) {
        return Problem.result(
                        HttpStatus.CONFLICT,
                        "write-conflict",
                        "Someone else wrote at the same moment; nothing of this request was stored. Send it again.")
                .response();
    }

    private static ObjectNode conflict(Conflict conflict) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("ours", EventJson.event(conflict.ours()));
        json.set("theirs", EventJson.event(conflict.theirs()));
        ArrayNode paths = json.putArray("paths");
        conflict.disputes().forEach(dispute -> paths.add(dispute(dispute)));
        return json;
    }

    private static ObjectNode dispute(Dispute dispute) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("path", EventJson.path(dispute.path()));
        putIfPresent(json, "base", dispute.base());
        putIfPresent(json, "ours", dispute.ours());
        putIfPresent(json, "theirs", dispute.theirs());
        ArrayNode events = json.putArray("events");
        dispute.events().forEach(events::add);
        return json;
    }

    /** What is absent is left out; null is a value. */
    private static void putIfPresent(ObjectNode json, String name, Optional<Value> value) {
        value.ifPresent(present -> json.set(name, EventJson.value(present)));
    }
}
