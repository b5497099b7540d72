package dev.coherence.spring.boot.web;

import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.axon.conflict.ConflictReport;
import dev.coherence.axon.conflict.ReportedConflict;
import dev.coherence.conflict.Conflict;
import dev.coherence.conflict.Dispute;
import dev.coherence.revision.Revision;
import dev.coherence.value.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A report that has everything that a report can have, and the JSON that it becomes. */
final class Reports {

    static final Identity BOOK = Identity.of("Book", "Neuromancer");

    /** The members of the problem document, less those that every one has. */
    static final String MEMBERS = """
            "command": "com.example.ReviseBook",
            "base": "41@1203-1198",
            "unresolved": [1205, 1206, 1207],
            "conflicts": [
              { "aggregate": {"kind": "Book", "id": "Neuromancer"},
                "ours": {
                  "sequenceNumber": 1208, "version": 43, "timestamp": "2026-07-01T12:00:00.000000001Z", "source": "shop",
                  "action": {
                    "reason": "revise",
                    "actor": {"kind": "user", "id": "bob"},
                    "aggregate": {"kind": "Book", "id": "Neuromancer"},
                    "patch": {
                      "assoc": {"price": 12345678901234567890.123456789, "tags": [null, "", {"a": 0.1}], "title": null},
                      "dissoc": [["a.b", "c"], "genre"]
                    },
                    "triggers": [{"kind": "encryption-key", "id": "17"}]
                  }
                },
                "theirs": {
                  "sequenceNumber": 1205, "version": 42, "timestamp": "2026-07-01T11:00:00Z", "source": "shop",
                  "action": {
                    "reason": "revise",
                    "actor": {"kind": "user", "id": "\\"al\\\\ice\\"\\u000a\\u2603"},
                    "aggregate": {"kind": "Book", "id": "Neuromancer"},
                    "patch": {
                      "assoc": [{"path": ["a.b", "c"], "value": true}, {"path": "title", "value": "Count Zero"}],
                      "dissoc": []
                    },
                    "triggers": []
                  }
                },
                "paths": [
                  {"path": ["a.b", "c"], "theirs": true, "events": [1205]},
                  {"path": "title", "base": null, "ours": null, "theirs": "Count Zero", "events": [1205]}
                ]
              },
              { "aggregate": {"kind": "Book", "id": "Neuromancer"},
                "theirs": {
                  "sequenceNumber": 1206, "timestamp": "2026-07-01T11:00:00Z", "source": "keys",
                  "effect": {"reason": "key-expired", "trigger": {"kind": "encryption-key", "id": "17"}}
                },
                "paths": []
              },
              { "aggregate": {"kind": "Book", "id": "Neuromancer"},
                "theirs": {
                  "sequenceNumber": 1207, "version": 43, "timestamp": "2026-07-01T11:00:00Z", "source": "shop",
                  "action": {
                    "reason": "delete",
                    "actor": {"kind": "user", "id": "\\"al\\\\ice\\"\\u000a\\u2603"},
                    "aggregate": {"kind": "Book", "id": "Neuromancer"},
                    "patch": {"assoc": {}, "dissoc": [], "everything": true},
                    "triggers": []
                  }
                },
                "paths": []
              }
            ]
            """;

    private static final Instant EARLIER = Instant.parse("2026-07-01T11:00:00Z");

    private Reports() {}

    static ConflictReport full() {
        return ConflictReport.of(
                "com.example.ReviseBook",
                Revision.parse("41@1203-1198"),
                List.of(
                        ReportedConflict.of(new Conflict(ours(), revised(), disputes())),
                        ReportedConflict.early(BOOK, expired()),
                        ReportedConflict.early(BOOK, theirs(1207, 43, "delete", Patch.everything()))));
    }

    /** Of a base that has seen nothing. */
    static ConflictReport ofCreation() {
        return ConflictReport.of(
                "com.example.CreateBook", Revision.at(0), List.of(ReportedConflict.early(BOOK, revised())));
    }

    /** Likewise; but what is unseen says nothing of whether the aggregate exists. */
    static ConflictReport ofEffect() {
        return ConflictReport.of(
                "com.example.CreateBook", Revision.at(0), List.of(ReportedConflict.early(BOOK, expired())));
    }

    /** The whole document as it is sent. */
    static Value document(String instance) {
        return Value.parse("""
                { "type": "urn:coherence:conflicting", "title": "Conflicting", "status": 409, "instance": "%s",
                  "detail": "Something changed that the base has not seen; nothing was stored. Look at \\"theirs\\" of each conflict, then send the request again, based on what you read anew, or with the numbers in \\"unresolved\\" as resolved if it can carry them.",
                  %s
                }
                """.formatted(instance, MEMBERS));
    }

    private static RecordedAction ours() {
        Patch patch = Patch.builder()
                .assoc("title", null)
                .assoc("price", new BigDecimal("12345678901234567890.123456789"))
                .assoc("tags", Arrays.asList(null, "", Map.of("a", new BigDecimal("0.1"))))
                .dissoc("genre")
                .dissoc(Path.of("a.b", "c"))
                .build();
        Action action = new Action(
                "revise",
                Identity.of("user", "bob"),
                BOOK,
                patch,
                new TreeSet<>(List.of(Identity.of("encryption-key", "17"))));
        return new RecordedAction(1208, 43, Instant.parse("2026-07-01T12:00:00.000000001Z"), "shop", action);
    }

    private static RecordedAction revised() {
        Patch patch = Patch.builder()
                .assoc("title", "Count Zero")
                .assoc(Path.of("a.b", "c"), true)
                .build();
        return theirs(1205, 42, "revise", patch);
    }

    private static RecordedAction theirs(long number, long version, String reason, Patch patch) {
        Identity alice = Identity.of("user", "\"al\\ice\"\n\u2603");
        Action action = new Action(reason, alice, BOOK, patch, Collections.emptySortedSet());
        return new RecordedAction(number, version, EARLIER, "shop", action);
    }

    private static RecordedEffect expired() {
        return new RecordedEffect(
                1206, EARLIER, "keys", new Effect("key-expired", Identity.of("encryption-key", "17")));
    }

    private static List<Dispute> disputes() {
        return List.of(
                new Dispute(
                        Path.of("a.b", "c"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Value.of(true)),
                        List.of(1205L)),
                new Dispute(
                        Path.of("title"),
                        Optional.of(Value.NULL),
                        Optional.of(Value.NULL),
                        Optional.of(Value.of("Count Zero")),
                        List.of(1205L)));
    }
}
