package dev.coherence.axon.conflict;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.value.Value;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The text of a patch: paths in their printed form, values as canonical JSON, encrypted ones by their masks. Immutable. */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class ReportedPatch implements Serializable {

    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, String> assoc;
    private final ArrayList<String> dissoc;
    private final boolean everything;

    @JsonCreator
    ReportedPatch(
            @JsonProperty("assoc") Map<String, String> assoc,
            @JsonProperty("dissoc") List<String> dissoc,
            @JsonProperty("everything") boolean everything) {
        this.assoc = new LinkedHashMap<>(assoc);
        this.dissoc = new ArrayList<>(dissoc);
        this.everything = everything;
    }

    static ReportedPatch of(Patch patch) {
        Map<String, String> assoc = new LinkedHashMap<>();
        patch.assoc()
                .forEach((path, value) ->
                        assoc.put(path.toString(), value.masked().toJson()));
        return new ReportedPatch(
                assoc, patch.dissoc().stream().map(Path::toString).toList(), patch.touchesEverything());
    }

    Patch patch() {
        if (everything) {
            return Patch.everything();
        }
        if (assoc.isEmpty() && dissoc.isEmpty()) {
            return Patch.nothing();
        }
        SortedMap<Path, Value> associated = new TreeMap<>();
        assoc.forEach((path, value) -> associated.put(Path.parse(path), Value.parse(value)));
        return new Patch(associated, dissoc.stream().map(Path::parse).collect(toCollection(TreeSet::new)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReportedPatch that
                && assoc.equals(that.assoc)
                && dissoc.equals(that.dissoc)
                && everything == that.everything;
    }

    @Override
    public int hashCode() {
        return 31 * assoc.hashCode() + dissoc.hashCode();
    }
}
