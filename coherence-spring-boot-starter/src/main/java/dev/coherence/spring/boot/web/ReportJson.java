package dev.coherence.spring.boot.web;

import dev.coherence.axon.conflict.ConflictReport;
import dev.coherence.axon.conflict.ReportedConflict;
import dev.coherence.conflict.Dispute;
import dev.coherence.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A conflict report, as {@link JsonWriter} writes it. What is absent is left out; null is a value. */
final class ReportJson {

    private ReportJson() {}

    /** The members that the report adds to a problem document. */
    static Map<String, Object> members(ConflictReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("command", report.command());
        json.put("base", report.base().toString());
        json.put("unresolved", List.copyOf(report.unresolved()));
        json.put(
                "conflicts",
                report.conflicts().stream().map(ReportJson::conflict).toList());
        return json;
    }

    private static Map<String, Object> conflict(ReportedConflict conflict) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("aggregate", EventJson.identity(conflict.aggregate()));
        conflict.ours().ifPresent(ours -> json.put("ours", EventJson.event(ours)));
        json.put("theirs", EventJson.event(conflict.theirs()));
        json.put("paths", conflict.disputes().stream().map(ReportJson::dispute).toList());
        return json;
    }

    private static Map<String, Object> dispute(Dispute dispute) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", EventJson.path(dispute.path()));
        putIfPresent(json, "base", dispute.base());
        putIfPresent(json, "ours", dispute.ours());
        putIfPresent(json, "theirs", dispute.theirs());
        json.put("events", dispute.events());
        return json;
    }

    private static void putIfPresent(Map<String, Object> json, String name, Optional<Value> value) {
        value.ifPresent(present -> json.put(name, present));
    }
}
