package dev.coherence.conflict;

import static dev.coherence.conflict.Detecting.assertSoleDispute;
import static dev.coherence.conflict.Detecting.assertSoleDisputeAmong;
import static dev.coherence.conflict.Detecting.base;
import static dev.coherence.conflict.Detecting.detection;
import static dev.coherence.conflict.Detecting.dispute;
import static dev.coherence.conflict.Detecting.merge;
import static dev.coherence.conflict.Detecting.none;
import static dev.coherence.conflict.Detecting.patch;
import static dev.coherence.conflict.Detecting.remove;
import static dev.coherence.conflict.Detecting.set;
import static dev.coherence.conflict.Detecting.theirs;
import static dev.coherence.conflict.Detecting.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Event;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.document.Document;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Detection where one path is a prefix of the other. */
class OverlappingPathsTest {

    @Test
    void theirs_above_ours_is_compared_at_our_path() {
        Event moved = theirs(5, set("address", Map.of("city", "Oslo", "zip", "0150")));

        assertThat(merge(set("address.city", "Oslo"), Detecting::unneeded, moved))
                .isEqualTo(detection(List.of(), 5L));
        assertSoleDispute(
                merge(set("address.city", "Bergen"), base("address", Map.of("city", "Rome")), moved),
                dispute("address.city", value("Rome"), value("Bergen"), value("Oslo"), 5L));
    }

    @Test
    void removing_above_and_below_agree_that_nothing_is_there() {
        assertThat(merge(remove("address.city"), Detecting::unneeded, theirs(5, remove("address"))))
                .isEqualTo(detection(List.of(), 5L));
        assertThat(merge(remove("address.city"), Detecting::unneeded, theirs(5, set("address", "unknown"))))
                .isEqualTo(detection(List.of(), 5L));
    }

    @Test
    void theirs_below_ours_is_completed_with_the_base() {
        Event moved = theirs(5, set("address.city", "Oslo"));
        Supplier<Document> base = base("address", Map.of("city", "Rome", "zip", "0150"));

        assertThat(merge(set("address", Map.of("city", "Oslo", "zip", "0150")), base, moved))
                .isEqualTo(detection(List.of(), 5L));
        assertSoleDispute(
                merge(set("address", Map.of("city", "Oslo")), base, moved),
                dispute(
                        "address",
                        value(Map.of("city", "Rome", "zip", "0150")),
                        value(Map.of("city", "Oslo")),
                        value(Map.of("city", "Oslo", "zip", "0150")),
                        5L));
    }

    @Test
    void theirs_below_ours_needs_no_base_once_something_of_theirs_stands_above() {
        assertThat(merge(
                        set("address", Map.of("city", "Oslo")),
                        Detecting::unneeded,
                        theirs(5, remove("address")),
                        theirs(6, set("address.city", "Oslo"))))
                .isEqualTo(detection(List.of(), 5L, 6L));
    }

    @Test
    void a_dispute_lists_actions_above_at_and_below_its_path() {
        assertSoleDisputeAmong(
                merge(
                        set("a.b", 1),
                        Document::empty,
                        theirs(5, set("a.b.c", 2)),
                        theirs(6, set("a.b", 3)),
                        theirs(7, set("a", Map.of())),
                        theirs(8, set("a.bb", 1))),
                3,
                dispute("a.b", none(), value(1), none(), 5L, 6L, 7L));
    }

    @Test
    void a_key_with_a_dot_is_no_prefix() {
        Patch dotted = patch().assoc(Path.of("a.b"), 1).build();

        assertThat(merge(dotted, Detecting::unneeded, theirs(5, set("a.b", 2)))).isEqualTo(detection(List.of(), 5L));
    }
}
