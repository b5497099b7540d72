package dev.coherence.axon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.InMemoryEventIndex;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.axon.token.Lane;
import dev.coherence.axon.token.LanesToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;

/** What is told of a segment by its tokens. */
class WatchedSegmentTest {

    private final WatchedSegment segment = new WatchedSegment("p", 0);
    private final Heard heard = new Heard();

    private static TrackingToken at(long position) {
        return GapAwareTrackingToken.newInstance(position, Set.of());
    }

    private static LanesToken idle(long position) {
        return LanesToken.event(at(position), Lane.idleAt(at(position)));
    }

    private static Lane window(long done, long end, long cursor) {
        return new Lane(at(done), at(end), cursor);
    }

    private void claim(LanesToken token) {
        List<Consumer<ReplayListener>> calls = new ArrayList<>();
        segment.claimed(token, calls);
        calls.forEach(call -> call.accept(heard));
    }

    private void store(LanesToken token, BatchCounts counts) {
        List<Consumer<ReplayListener>> calls = new ArrayList<>();
        segment.stored(token, counts, calls);
        calls.forEach(call -> call.accept(heard));
    }

    private void store(long live, Lane lane) {
        store(LanesToken.event(at(live), lane), BatchCounts.NONE);
    }

    private static BatchCounts replayed(long... ends) {
        BatchCounts counts = new BatchCounts();
        for (long end : ends) {
            counts.add(at(end), new Replayed(1, 2));
        }
        return counts;
    }

    @Test
    void windows_between_two_tokens_are_told_one_after_the_other() {
        claim(idle(10));
        segment.offered(window(10, 11, 1));
        segment.offered(window(10, 11, 2));
        segment.offered(window(11, 13, 1));
        store(idle(14), replayed(11, 11, 13));

        assertThat(heard.told())
                .containsExactly(
                        "opened 0/0", "progressed 2/4", "closed 2/4", "opened 0/0", "progressed 1/2", "closed 1/2");
    }

    @Test
    void a_token_may_end_one_window_and_stand_in_the_next() {
        claim(idle(10));
        segment.offered(window(10, 11, 1));
        store(12, window(10, 11, 1));
        segment.offered(window(10, 11, 2));
        segment.offered(window(11, 12, 1));
        store(LanesToken.event(at(12), window(11, 12, 1)), replayed(11, 12));

        assertThat(heard.told())
                .containsExactly("opened 0/0", "progressed 1/2", "closed 1/2", "opened 0/0", "progressed 1/2");
    }

    @Test
    void a_window_that_was_not_reached_is_forgotten_when_the_segment_is_claimed_anew() {
        claim(idle(10));
        segment.offered(window(10, 11, 1));
        segment.released();
        claim(idle(10));
        segment.offered(window(10, 12, 1));
        store(idle(12), BatchCounts.NONE);

        assertThat(heard.told()).containsExactly("opened 0/0", "closed 0/0");
    }

    @Test
    void a_window_goes_on_when_the_segment_is_claimed_anew() {
        claim(idle(10));
        segment.offered(window(10, 11, 1));
        store(11, window(10, 11, 1));
        segment.released();
        assertThat(segment.state().claimed()).isFalse();
        claim(LanesToken.event(at(11), window(10, 11, 1)));
        segment.offered(window(10, 11, 2));
        store(11, window(10, 11, 2));

        assertThat(segment.state().claimed()).isTrue();
        assertThat(heard.told()).containsExactly("opened 0/0");
    }

    @Test
    void a_window_that_was_done_elsewhere_is_closed() {
        claim(idle(10));
        segment.offered(window(10, 11, 1));
        store(11, window(10, 11, 1));
        segment.released();
        claim(idle(15));

        assertThat(heard.told()).containsExactly("opened 0/0", "closed 0/0");
    }

    @Test
    void another_window_in_the_token_is_taken_over() {
        claim(idle(10));
        segment.offered(window(10, 15, 1));
        store(15, window(10, 15, 5));
        claim(LanesToken.event(at(15), window(10, 12, 5)));

        assertThat(heard.told()).containsExactly("opened 0/0", "left 0/0", "opened 0/0 taken over");
    }

    @Test
    void a_window_that_the_segment_has_passed_is_not_told_when_its_markers_are_offered_again() {
        claim(idle(10));
        segment.offered(window(8, 9, 1));
        store(idle(11), BatchCounts.NONE);

        assertThat(heard.told()).isEmpty();
    }

    @Test
    void something_is_pending_from_the_effect_to_the_end_of_the_window() {
        claim(idle(10));
        assertThat(segment.state().pendingSince()).isNull();
        store(11, Lane.idleAt(at(10)));
        Moment pending = segment.state().pendingSince();
        Moment advanced = segment.state().advanced();
        assertThat(pending).isNotNull();

        store(12, Lane.idleAt(at(10)));
        assertThat(segment.state().pendingSince()).isEqualTo(pending);
        assertThat(segment.state().advanced()).isEqualTo(advanced);

        store(12, window(10, 12, 1));
        assertThat(segment.state().pendingSince()).isEqualTo(pending);
        assertThat(segment.state().advanced().nanos()).isGreaterThan(advanced.nanos());

        store(14, Lane.idleAt(at(12)));
        assertThat(segment.state().pendingSince().nanos()).isGreaterThan(pending.nanos());

        store(idle(14), BatchCounts.NONE);
        assertThat(segment.state().pendingSince()).isNull();
    }

    @Test
    void effects_that_are_claimed_ahead_are_not_pending() {
        claim(LanesToken.event(at(3), Lane.idleAt(at(10))));

        assertThat(segment.state().pendingSince()).isNull();
        assertThat(heard.calls).isEmpty();
    }

    @Test
    void something_is_pending_while_the_batch_fails_that_comes_to_a_window() {
        claim(idle(10));
        segment.taken(window(10, 12, 1));
        Moment read = segment.state().pendingSince();
        assertThat(read).isNotNull();
        assertThat(segment.state().advanced()).isEqualTo(read);

        segment.released();
        claim(idle(10));
        segment.taken(window(10, 12, 1));
        store(idle(11), BatchCounts.NONE);
        assertThat(segment.state().pendingSince()).isEqualTo(read);
        assertThat(segment.state().advanced()).isEqualTo(read);
        assertThat(heard.calls).isEmpty();

        store(idle(12), BatchCounts.NONE);
        assertThat(segment.state().pendingSince()).isNull();
    }

    @Test
    void what_was_read_is_pending_since_then_when_the_token_says_so_too() {
        claim(idle(10));
        segment.taken(window(10, 12, 1));
        Moment read = segment.state().pendingSince();
        store(12, window(10, 12, 1));
        assertThat(segment.state().pendingSince()).isEqualTo(read);
        assertThat(segment.state().advanced().nanos()).isGreaterThan(read.nanos());

        store(13, Lane.idleAt(at(12)));
        assertThat(segment.state().pendingSince()).isNotNull();
        store(idle(13), BatchCounts.NONE);
        assertThat(segment.state().pendingSince()).isNull();
    }

    @Test
    void what_was_done_elsewhere_is_not_pending_when_the_segment_comes_back() {
        claim(idle(10));
        segment.taken(window(10, 12, 1));
        segment.released();
        assertThat(segment.state().pendingSince()).isNotNull();
        claim(idle(12));

        assertThat(segment.state().pendingSince()).isNull();
    }

    @Test
    void an_effect_that_is_pending_after_what_was_read_is_pending_since_it_was_seen() {
        claim(idle(10));
        segment.taken(window(10, 12, 1));
        Moment read = segment.state().pendingSince();
        store(13, Lane.idleAt(at(12)));

        assertThat(segment.state().pendingSince().nanos()).isGreaterThan(read.nanos());
    }

    @Test
    void markers_of_what_is_done_are_not_pending_again() {
        claim(LanesToken.event(at(13), window(10, 12, 5)));
        segment.taken(window(10, 12, 4));
        segment.taken(window(10, 12, 6));
        store(idle(13), BatchCounts.NONE);
        segment.taken(window(10, 12, 7));
        segment.taken(window(8, 13, 1));
        segment.taken(Lane.idleAt(at(14)));

        assertThat(segment.state().pendingSince()).isNull();
    }

    @Test
    void a_reset_or_merge_forgets_what_was_read() {
        EventIndex index =
                new InMemoryEventIndex(new InMemoryEventStorageEngine(1), StreamNames.withoutAnnotatedKinds());
        WatchedProcessor processor = new WatchedProcessor(
                "p",
                new WindowCounts(index.replays(), Set.of("g")),
                calls -> calls.forEach(call -> call.accept(heard)));
        processor.fetched(0, idle(10), true);
        LanesToken marker = LanesToken.marker(at(12), window(10, 12, 1));
        processor.taken(marker, Segment.ROOT_SEGMENT);
        assertThat(processor.progress()).singleElement().satisfies(progress -> {
            assertThat(progress.isPending()).isTrue();
            assertThat(progress.effectsBehind()).isZero();
            assertThat(progress.window()).isEmpty();
        });

        processor.stored(0, ReplayToken.createReplayToken(at(12), at(5)), BatchCounts.NONE);
        processor.taken(marker, Segment.ROOT_SEGMENT);
        assertThat(processor.progress()).isEmpty();
        processor.fetched(0, idle(5), true);
        assertThat(processor.progress()).noneMatch(ReplayProgress::isPending);
    }
}
