package dev.coherence.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.action.RandomPatches;
import dev.coherence.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Applies random patches, beside plain nested maps that are changed entry by entry, in any order. */
class DocumentModelTest {

    @Test
    void a_document_holds_what_nested_maps_hold() {
        for (long seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            Document document = Document.empty();
            Map<String, Object> model = new HashMap<>();
            for (int step = 0; step < 12; step++) {
                Patch patch = RandomPatches.patch(random);
                document = document.apply(patch);
                change(model, patch, random);

                assertThat(document.value())
                        .as("seed %d, step %d: %s", seed, step, patch)
                        .isEqualTo(Value.of(model));
                Path path = RandomPatches.path(random);
                assertThat(document.get(path))
                        .as("seed %d, step %d: %s", seed, step, path)
                        .isEqualTo(get(model, path));
            }
        }
    }

    private static void change(Map<String, Object> model, Patch patch, Random random) {
        List<Path> paths = new ArrayList<>(patch.paths());
        Collections.shuffle(paths, random);
        for (Path path : paths) {
            if (patch.dissoc().contains(path)) {
                remove(model, path);
            } else {
                put(model, path, patch.assoc().get(path).toJava());
            }
        }
    }

    private static void put(Map<String, Object> model, Path path, Object value) {
        List<String> keys = path.keys();
        Map<String, Object> map = model;
        for (String key : keys.subList(0, keys.size() - 1)) {
            if (!(map.get(key) instanceof Map)) {
                map.put(key, new HashMap<>());
            }
            map = mapAt(map, key);
        }
        map.put(keys.get(keys.size() - 1), value);
    }

    private static void remove(Map<String, Object> model, Path path) {
        List<String> keys = path.keys();
        Map<String, Object> map = model;
        for (String key : keys.subList(0, keys.size() - 1)) {
            if (!(map.get(key) instanceof Map)) {
                return;
            }
            map = mapAt(map, key);
        }
        map.remove(keys.get(keys.size() - 1));
    }

    /** The map at the key, made changeable. */
    private static Map<String, Object> mapAt(Map<String, Object> map, String key) {
        Map<String, Object> copy = new HashMap<>();
        ((Map<?, ?>) map.get(key)).forEach((name, value) -> copy.put((String) name, value));
        map.put(key, copy);
        return copy;
    }

    private static Optional<Value> get(Map<String, Object> model, Path path) {
        Object at = model;
        for (String key : path.keys()) {
            if (!(at instanceof Map<?, ?> map) || !map.containsKey(key)) {
                return Optional.empty();
            }
            at = map.get(key);
        }
        return Optional.of(Value.of(at));
    }
}
