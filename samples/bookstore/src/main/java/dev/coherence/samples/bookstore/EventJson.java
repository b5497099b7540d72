package dev.coherence.samples.bookstore;

import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.value.Value;
import java.util.Collection;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Events as JSON. What a client may send in a history comes back in the same form. */
final class EventJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private EventJson() {}

    static ArrayNode events(Collection<? extends Event> events) {
        ArrayNode array = JSON.arrayNode();
        events.forEach(event -> array.add(event(event)));
        return array;
    }

    static ObjectNode event(Event event) {
        return event.fold(EventJson::action, EventJson::effect);
    }

    /** The text of a value is JSON already, with every digit. */
    static JsonNode value(Value value) {
        return JSON.rawValueNode(new RawValue(value.toJson()));
    }

    /** Text with dots, or an array of keys if text would need quotes. */
    static JsonNode path(Path path) {
        if (isPlain(path)) {
            return JSON.stringNode(path.toString());
        }
        ArrayNode keys = JSON.arrayNode();
        path.keys().forEach(keys::add);
        return keys;
    }

    private static ObjectNode action(RecordedAction event) {
        Action action = event.action();
        ObjectNode json = numbered(event).put("version", event.version());
        json.setAll(origin(event));
        ObjectNode what = json.putObject("action").put("reason", action.reason());
        what.set("actor", identity(action.actor()));
        what.set("aggregate", identity(action.aggregate()));
        what.set("patch", patch(action.patch()));
        ArrayNode triggers = json.putArray("triggers");
        action.triggers().forEach(trigger -> triggers.add(identity(trigger)));
        return json;
    }

    private static ObjectNode effect(RecordedEffect event) {
        Effect effect = event.effect();
        ObjectNode json = numbered(event);
        json.setAll(origin(event));
        json.putObject("effect").put("reason", effect.reason()).set("trigger", identity(effect.trigger()));
        return json;
    }

    private static ObjectNode numbered(Event event) {
        return JSON.objectNode().put("sequenceNumber", event.sequenceNumber());
    }

    private static ObjectNode origin(Event event) {
        return JSON.objectNode().put("timestamp", event.timestamp().toString()).put("source", event.source());
    }

    private static ObjectNode identity(Identity identity) {
        return JSON.objectNode().put("kind", identity.kind()).put("id", identity.id());
    }

    private static ObjectNode patch(Patch patch) {
        ObjectNode json = JSON.objectNode();
        json.set("assoc", patch.assoc().keySet().stream().allMatch(EventJson::isPlain) ? object(patch) : list(patch));
        ArrayNode dissoc = json.putArray("dissoc");
        patch.dissoc().forEach(path -> dissoc.add(path(path)));
        if (patch.touchesEverything()) {
            json.put("everything", true);
        }
        return json;
    }

    private static ObjectNode object(Patch patch) {
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<Path, Value> entry : patch.assoc().entrySet()) {
            object.set(entry.getKey().toString(), value(entry.getValue()));
        }
        return object;
    }

    private static ArrayNode list(Patch patch) {
        ArrayNode list = JSON.arrayNode();
        for (Map.Entry<Path, Value> entry : patch.assoc().entrySet()) {
            ObjectNode item = list.addObject();
            item.set("path", path(entry.getKey()));
            item.set("value", value(entry.getValue()));
        }
        return list;
    }

    private static boolean isPlain(Path path) {
        return path.toString().equals(String.join(".", path.keys()));
    }
}
