package dev.coherence.spring.boot.web;

import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events, as {@link JsonWriter} writes them. */
final class EventJson {

    private EventJson() {}

    static Map<String, Object> event(Event event) {
        return event.fold(EventJson::action, EventJson::effect);
    }

    static Map<String, Object> identity(Identity identity) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", identity.kind());
        json.put("id", identity.id());
        return json;
    }

    /** Text with dots, or a list of keys if text would need quotes. */
    static Object path(Path path) {
        return isPlain(path) ? path.toString() : path.keys();
    }

    private static Map<String, Object> action(RecordedAction recorded) {
        Action action = recorded.action();
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("reason", action.reason());
        what.put("actor", identity(action.actor()));
        what.put("aggregate", identity(action.aggregate()));
        what.put("patch", patch(action.patch()));
        what.put("triggers", action.triggers().stream().map(EventJson::identity).toList());

        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sequenceNumber", recorded.sequenceNumber());
        json.put("version", recorded.version());
        putOrigin(recorded, json);
        json.put("action", what);
        return json;
    }

    private static Map<String, Object> effect(RecordedEffect recorded) {
        Effect effect = recorded.effect();
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("reason", effect.reason());
        what.put("trigger", identity(effect.trigger()));

        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sequenceNumber", recorded.sequenceNumber());
        putOrigin(recorded, json);
        json.put("effect", what);
        return json;
    }

    private static void putOrigin(Event event, Map<String, Object> json) {
        json.put("timestamp", event.timestamp().toString());
        json.put("source", event.source());
    }

    /** With {@code everything} only if it is true: no path is named then. */
    private static Map<String, Object> patch(Patch patch) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("assoc", patch.assoc().keySet().stream().allMatch(EventJson::isPlain) ? object(patch) : list(patch));
        json.put("dissoc", patch.dissoc().stream().map(EventJson::path).toList());
        if (patch.touchesEverything()) {
            json.put("everything", true);
        }
        return json;
    }

    private static Map<String, Object> object(Patch patch) {
        Map<String, Object> object = new LinkedHashMap<>();
        patch.assoc().forEach((path, value) -> object.put(path.toString(), value));
        return object;
    }

    private static List<Map<String, Object>> list(Patch patch) {
        return patch.assoc().entrySet().stream()
                .map(entry -> Map.of("path", path(entry.getKey()), "value", entry.getValue()))
                .toList();
    }

    private static boolean isPlain(Path path) {
        return path.toString().equals(String.join(".", path.keys()));
    }
}
