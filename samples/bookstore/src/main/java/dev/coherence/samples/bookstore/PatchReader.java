package dev.coherence.samples.bookstore;

import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * Reads a patch: {@code assoc} is an object, or a list of {@code {"path":.., "value":..}}; {@code dissoc} is a list of
 * paths; a path is a text with dots, or an array of keys.
 */
final class PatchReader {

    private PatchReader() {}

    /** Reads the entries; whether they go together is found out when the patch is built. */
    static Optional<Entries> read(RequestPart part) {
        return part.object(List.of("assoc", "dissoc"), patch -> {
            RequestPart assoc = patch.field("assoc");
            RequestPart dissoc = patch.field("dissoc");
            List<Assoc> values = assoc.isPresent() ? values(assoc) : List.of();
            List<Path> removed = dissoc.isPresent() ? dissoc.items(PatchReader::path) : List.of();
            return () -> new Entries(values, removed);
        });
    }

    private static List<Assoc> values(RequestPart assoc) {
        if (assoc.isObject()) {
            return assoc.entries(PatchReader::entry);
        }
        return assoc.items("an object, or an array of {path, value}", PatchReader::listed);
    }

    private static Optional<Assoc> entry(String key, RequestPart part) {
        Optional<Path> path = part.findings().attemptText(part.place(), () -> Path.parse(key));
        Optional<Value> value = value(part);
        return path.flatMap(p -> value.map(v -> new Assoc(p, v)));
    }

    private static Optional<Assoc> listed(RequestPart part) {
        return part.object(List.of("path", "value"), entry -> {
            Optional<Path> path = path(entry.field("path"));
            Optional<Value> value = value(entry.field("value"));
            return () -> new Assoc(path.orElseThrow(), value.orElseThrow());
        });
    }

    private static Optional<Value> value(RequestPart part) {
        if (!part.isPresent()) {
            part.isWrong("is missing");
            return Optional.empty();
        }
        return part.findings().attempt(() -> JsonValues.value(part.existing(), part.place()));
    }

    private static Optional<Path> path(RequestPart part) {
        if (part.isText()) {
            return part.text().flatMap(text -> part.findings().attemptText(part.place(), () -> Path.parse(text)));
        }
        int before = part.findings().count();
        List<String> keys = part.items("text with dots, or an array of keys", RequestPart::text);
        return part.findings().count() == before
                ? part.findings().attemptText(part.place(), () -> new Path(keys))
                : Optional.empty();
    }

    /** What a client wants to be in a patch. */
    record Entries(List<Assoc> assoc, List<Path> dissoc) {

        Patch patch() {
            Patch.Builder builder = Patch.builder();
            assoc.forEach(entry -> builder.assoc(entry.path(), entry.value()));
            dissoc.forEach(builder::dissoc);
            return builder.build();
        }
    }

    private record Assoc(Path path, Value value) {}
}
