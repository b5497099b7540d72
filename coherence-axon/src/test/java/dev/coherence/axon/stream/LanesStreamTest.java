package dev.coherence.axon.stream;

import static dev.coherence.axon.stream.MarkersInFlight.NANOS_UNTIL_GONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.coherence.action.Identity;
import dev.coherence.axon.replay.ReplaySettings;
import dev.coherence.axon.token.Lane;
import dev.coherence.axon.token.LanesToken;
import dev.coherence.axon.vault.CachedKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LanesStreamTest {

    private static final ReplaySettings LIVE_FIRST = new ReplaySettings(0, 100);
    private static final ReplaySettings IN_TURN = new ReplaySettings(0.5, 100);
    private static final ReplaySettings REPLAY_FIRST = new ReplaySettings(1, 100);

    private final Affected affected = new Affected();
    private final EventsAtHand events = new EventsAtHand();

    private BlockingStream<TrackedEventMessage<?>> open(ReplaySettings settings, @Nullable TrackingToken start) {
        return new LanesSource(events, affected, Set.of("books"), settings, CachedKeys.none()).openStream(start);
    }

    private BlockingStream<TrackedEventMessage<?>> open(ReplaySettings settings) {
        return open(settings, null);
    }

    /** Reads all that is there: "3" is the event at position 3, "r1" the replay of aggregate 1, "done" ends a window. */
    private static List<String> read(BlockingStream<TrackedEventMessage<?>> stream) throws InterruptedException {
        List<String> read = new ArrayList<>();
        while (stream.hasNextAvailable()) {
            read.add(describe(stream.nextAvailable()));
        }
        return read;
    }

    private static String describe(TrackedEventMessage<?> message) {
        if (message.getPayload() instanceof AggregateReplay replay) {
            return "r" + replay.aggregate().number();
        }
        return Markers.isMarker(message)
                ? "done"
                : String.valueOf(message.trackingToken().position().orElseThrow());
    }

    private static GlobalSequenceTrackingToken at(long position) {
        return new GlobalSequenceTrackingToken(position);
    }

    @Nested
    class Without_effects {

        @Test
        void each_event_says_that_nothing_is_to_be_replayed() throws Exception {
            events.event(1);
            LanesToken token = (LanesToken) open(IN_TURN).nextAvailable().trackingToken();

            assertThat(token.live()).isEqualTo(at(1));
            assertThat(token.lane()).isEqualTo(Lane.idleAt(at(1)));
            assertThat(token.isIdle()).isTrue();
        }

        @Test
        void an_effect_that_affects_nobody_is_an_event_like_others() throws Exception {
            events.event(1).effect(2);

            assertThat(read(open(REPLAY_FIRST))).containsExactly("1", "2");
        }

        @Test
        void events_are_read_from_where_the_live_lane_is() {
            open(IN_TURN, LanesToken.event(at(5), Lane.idleAt(at(5)))).close();

            assertThat(events.openedAt).hasValue(at(5));
            assertThat(events.closed).isTrue();
        }
    }

    @Nested
    class After_an_effect {

        @Test
        void the_lane_of_replays_stops_before_it() throws Exception {
            affected.by(2, 1L);
            events.event(1).effect(2).event(3);
            var stream = open(LIVE_FIRST);
            stream.nextAvailable();

            assertThat(lane(stream)).isEqualTo(Lane.idleAt(at(1)));
            assertThat(lane(stream)).isEqualTo(Lane.idleAt(at(1)));
        }

        @Test
        void each_marker_claims_one_more_aggregate_and_the_last_message_all() throws Exception {
            affected.by(4, 1L, 3L);
            events.event(3).effect(4);
            var stream = open(REPLAY_FIRST);
            stream.nextAvailable();
            stream.nextAvailable();

            assertThat(lane(stream)).isEqualTo(new Lane(at(3), at(4), 1));
            assertThat(lane(stream)).isEqualTo(new Lane(at(3), at(4), 3));
            assertThat(lane(stream)).isEqualTo(Lane.idleAt(at(4)));
            assertThat(stream.hasNextAvailable()).isFalse();
        }

        private static Lane lane(BlockingStream<TrackedEventMessage<?>> stream) throws InterruptedException {
            return ((LanesToken) stream.nextAvailable().trackingToken()).lane();
        }

        @Test
        void effects_that_come_before_the_first_marker_are_replayed_together() throws Exception {
            affected.by(4, 1L, 2L).by(5, 2L, 3L);
            events.event(3).effect(4).effect(5);

            assertThat(read(open(LIVE_FIRST))).containsExactly("3", "4", "5", "r1", "r2", "r3", "done");
        }

        @Test
        void effects_that_wait_already_are_replayed_together_even_where_the_replay_goes_first() throws Exception {
            affected.by(4, 1L).by(6, 1L);
            events.effect(4).event(5).effect(6);

            assertThat(read(open(REPLAY_FIRST))).containsExactly("4", "5", "6", "r1", "done");
        }

        @Test
        void however_many_live_events_wait_the_replay_begins() throws Exception {
            affected.by(1, 1L);
            events.effect(1);
            for (int i = 2; i <= 2_000; i++) {
                events.event(i);
            }

            assertThat(read(open(REPLAY_FIRST)).indexOf("r1")).isEqualTo(1 + 1_000);
        }

        @Test
        void an_effect_that_comes_later_belongs_to_the_next_window() throws Exception {
            affected.by(4, 1L, 2L).by(5, 1L);
            events.event(3).effect(4);
            var stream = open(LIVE_FIRST);
            assertThat(List.of(
                            describe(stream.nextAvailable()),
                            describe(stream.nextAvailable()),
                            describe(stream.nextAvailable())))
                    .containsExactly("3", "4", "r1");
            events.effect(5);

            assertThat(read(stream)).containsExactly("5", "r2", "done", "r1", "done");
        }

        @Test
        void there_may_be_more_aggregates_than_fit_on_a_page() throws Exception {
            Long[] aggregates = new Long[2_500];
            for (int i = 0; i < aggregates.length; i++) {
                aggregates[i] = i + 1L;
            }
            affected.by(3_000, aggregates);
            events.effect(3_000);

            assertThat(read(open(new ReplaySettings(1, 5_000)))).hasSize(2_502).endsWith("r2500", "done");
        }

        @Test
        void all_parts_of_an_event_stay_together_and_the_effect_may_be_any_of_them() throws Exception {
            affected.by(2, 1L);
            events.event(1).event(2).effect(2).event(2).event(3);

            assertThat(read(open(REPLAY_FIRST))).containsExactly("1", "2", "2", "2", "3", "r1", "done");
        }

        @Test
        void effects_and_markers_are_never_skipped_by_their_type() throws Exception {
            affected.by(2, 1L);
            events.event(1).effect(2);
            var stream = open(REPLAY_FIRST);
            while (stream.hasNextAvailable()) {
                stream.skipMessagesWithPayloadTypeOf(stream.nextAvailable());
            }

            assertThat(events.skipped).containsExactly(String.class);
        }
    }

    @Nested
    class The_share {

        @Test
        void zero_lets_live_events_go_first() throws Exception {
            affected.by(4, 1L, 2L);
            events.effect(4).event(5).event(6);

            assertThat(read(open(LIVE_FIRST))).containsExactly("4", "5", "6", "r1", "r2", "done");
        }

        @Test
        void one_half_takes_turns() throws Exception {
            affected.by(4, 1L, 2L);
            var stream = openedWithWindow(IN_TURN);
            events.event(5).event(6).event(7).event(8).event(9);

            assertThat(read(stream)).containsExactly("5", "r2", "6", "done", "7", "8", "9");
        }

        @Test
        void one_lets_live_events_wait() throws Exception {
            affected.by(4, 1L, 2L);
            var stream = openedWithWindow(REPLAY_FIRST);
            events.event(5).event(6);

            assertThat(read(stream)).containsExactly("r2", "done", "5", "6");
        }

        /** Has handed out the effect and the first marker. */
        private BlockingStream<TrackedEventMessage<?>> openedWithWindow(ReplaySettings settings) throws Exception {
            events.effect(4);
            var stream = open(settings);
            assertThat(List.of(describe(stream.nextAvailable()), describe(stream.nextAvailable())))
                    .containsExactly("4", "r1");
            return stream;
        }
    }

    @Nested
    class Opened_in_the_middle {

        @Test
        void it_goes_on_after_the_last_aggregate_that_was_replayed() throws Exception {
            affected.by(4, 1L, 2L, 3L);

            assertThat(read(open(IN_TURN, LanesToken.marker(at(4), new Lane(at(3), at(4), 2)))))
                    .containsExactly("r3", "done");
        }

        @Test
        void it_finds_effects_that_are_pending() throws Exception {
            affected.by(4, 1L).by(6, 2L);
            events.event(8);

            assertThat(read(open(REPLAY_FIRST, LanesToken.event(at(7), Lane.idleAt(at(3))))))
                    .containsExactly("8", "r1", "r2", "done");
        }

        @Test
        void a_window_does_not_grow() throws Exception {
            affected.by(4, 1L, 2L).by(6, 1L);

            assertThat(read(open(IN_TURN, LanesToken.marker(at(7), new Lane(at(3), at(4), 1)))))
                    .containsExactly("r2", "done", "r1", "done");
        }

        @Test
        void where_nothing_is_affected_it_says_so_at_once() throws Exception {
            var stream = open(IN_TURN, LanesToken.event(at(7), Lane.idleAt(at(3))));

            assertThat(((LanesToken) stream.nextAvailable().trackingToken()).isIdle())
                    .isTrue();
            assertThat(stream.hasNextAvailable()).isFalse();
        }

        /** The lane of a segment that began before all events has seen numbers that the store never uses; Axon's token has not. */
        @Test
        void the_end_of_a_window_covers_all_that_was_done_before() throws Exception {
            affected.by(6, 1L);
            var live = GapAwareTrackingToken.newInstance(6, List.of(1L, 2L));
            var done = GapAwareTrackingToken.newInstance(5, List.of(2L));
            var stream = open(IN_TURN, LanesToken.event(live, Lane.idleAt(done)));

            Lane replayed = After_an_effect.lane(stream);
            Lane end = After_an_effect.lane(stream);

            assertThat(end.covers(replayed)).isTrue();
            assertThat(stream.hasNextAvailable()).isFalse();
        }

        @Test
        void effects_that_were_seen_before_a_reset_are_none() throws Exception {
            affected.by(4, 1L);
            events.event(3).effect(4).event(5);

            assertThat(read(open(REPLAY_FIRST, LanesToken.event(at(0), Lane.idleAt(at(4))))))
                    .containsExactly("3", "4", "5");
        }
    }

    @Test
    void what_is_in_flight_is_known_as_long_as_a_stream_is_open_and_not_at_all_if_it_cannot_be_opened() {
        LanesSource source = new LanesSource(events, affected, Set.of("books"), IN_TURN, CachedKeys.none());
        events.isOutOfReach = true;
        assertThatIllegalStateException().isThrownBy(() -> source.openStream(null));
        assertThat(source.open()).isZero();

        events.isOutOfReach = false;
        BlockingStream<TrackedEventMessage<?>> stream = source.openStream(null);
        assertThat(source.open()).isOne();
        stream.close();
        assertThat(source.open()).isZero();
    }

    @Nested
    class Keys_that_are_remembered {

        private final List<String> forgotten = new ArrayList<>();
        private final LanesSource source =
                new LanesSource(events, affected.by(4, 1L), Set.of("books"), REPLAY_FIRST, new CachedKeys() {
                    @Override
                    public void forget(Identity name) {
                        forgotten.add(name.toString());
                    }

                    @Override
                    public void forgetAll() {
                        forgotten.add("all");
                    }
                });

        @Test
        void are_forgotten_when_a_stream_opens_which_may_be_in_mid_replay() {
            source.openStream(null);
            assertThat(forgotten).containsExactly("all");
        }

        @Test
        void are_forgotten_before_anything_is_replayed_because_they_have_ended() throws Exception {
            events.event(3).effect(4);
            BlockingStream<TrackedEventMessage<?>> stream = source.openStream(null);
            assertThat(describe(stream.nextAvailable())).isEqualTo("3");
            assertThat(describe(stream.nextAvailable())).isEqualTo("4");
            assertThat(forgotten).containsExactly("all", "key:k4");
        }

        @Test
        void are_forgotten_also_in_the_middle_of_a_window() throws Exception {
            events.event(3).effect(4).effect(5);
            read(source.openStream(null));
            assertThat(forgotten).containsExactly("all", "key:k4", "key:k5");
        }
    }

    @Nested
    class While_a_segment_has_enough_markers {

        private final AtomicLong nanoTime = new AtomicLong(-1);
        private final LanesSource source = new LanesSource(
                events,
                affected.by(4, 1L, 2L, 3L),
                Set.of("books"),
                new ReplaySettings(0.5, 2),
                CachedKeys.none(),
                nanoTime::get);
        private final BlockingStream<TrackedEventMessage<?>> stream = source.openStream(null);

        private AggregateReplay take() throws InterruptedException {
            AggregateReplay order = (AggregateReplay) stream.nextAvailable().getPayload();
            order.inFlight().taken(order, 0);
            return order;
        }

        @Test
        void there_are_no_more_but_live_events_go_on() throws Exception {
            events.effect(4);
            stream.nextAvailable();
            take();
            take();
            events.event(5).event(6);

            assertThat(read(stream)).containsExactly("5", "6");
        }

        @Test
        void one_that_is_done_makes_room() throws Exception {
            events.effect(4);
            stream.nextAvailable();
            AggregateReplay first = take();
            take();
            assertThat(stream.hasNextAvailable()).isFalse();
            first.inFlight().done(first, 0);

            assertThat(read(stream)).containsExactly("r3", "done");
        }

        @Test
        void a_segment_that_is_released_makes_room() throws Exception {
            events.effect(4);
            stream.nextAvailable();
            take();
            take();
            source.released(Segment.ROOT_SEGMENT);

            assertThat(read(stream)).containsExactly("r3", "done");
        }

        @Test
        void one_that_begins_none_of_them_for_two_seconds_is_gone_and_does_not_count() throws Exception {
            events.effect(4);
            stream.nextAvailable();
            take();
            take();
            nanoTime.addAndGet(NANOS_UNTIL_GONE - 1);
            assertThat(stream.hasNextAvailable()).isFalse();
            nanoTime.incrementAndGet();

            assertThat(read(stream)).containsExactly("r3", "done");
        }

        @Test
        void one_that_is_busy_with_live_events_takes_one_more_in_two_seconds() throws Exception {
            events.effect(4);
            affected.by(4, 1L, 2L, 3L, 4L);
            stream.nextAvailable();
            take();
            take();
            nanoTime.addAndGet(NANOS_UNTIL_GONE);
            take();

            assertThat(stream.hasNextAvailable()).isFalse();
        }

        @Test
        void one_that_takes_longer_for_an_aggregate_counts_until_it_has_done_it() throws Exception {
            events.effect(4);
            stream.nextAvailable();
            AggregateReplay first = take();
            take();
            assertThat(first.inFlight().events(first, 0, affected)).isPresent();
            nanoTime.addAndGet(TimeUnit.HOURS.toNanos(1));
            assertThat(stream.hasNextAvailable()).isFalse();
            first.inFlight().done(first, 0);

            assertThat(read(stream)).containsExactly("r3", "done");
        }

        @Test
        void one_that_has_done_the_first_has_two_seconds_to_begin_the_next() throws Exception {
            events.effect(4);
            affected.by(4, 1L, 2L, 3L, 4L);
            stream.nextAvailable();
            AggregateReplay first = take();
            take();
            first.inFlight().events(first, 0, affected);
            nanoTime.addAndGet(TimeUnit.HOURS.toNanos(1));
            first.inFlight().done(first, 0);
            take();
            assertThat(stream.hasNextAvailable()).isFalse();
            nanoTime.addAndGet(NANOS_UNTIL_GONE);

            assertThat(stream.hasNextAvailable()).isTrue();
        }

        @Test
        void their_events_are_read_together_and_once() throws Exception {
            events.effect(4);
            stream.nextAvailable();
            AggregateReplay first = take();
            AggregateReplay second = take();

            assertThat(first.inFlight().events(first, 0, affected)).isPresent();
            assertThat(second.inFlight().events(second, 0, affected)).isPresent();
            assertThat(affected.reads).containsExactly(List.of(first.aggregate(), second.aggregate()));
        }

        @Test
        void an_aggregate_with_too_many_events_is_left_to_be_read_alone() throws Exception {
            affected.tooLarge.add(2L);
            events.effect(4);
            stream.nextAvailable();
            AggregateReplay first = take();
            AggregateReplay second = take();

            assertThat(first.inFlight().events(first, 0, affected)).isPresent();
            assertThat(second.inFlight().events(second, 0, affected)).isEmpty();
            assertThat(affected.reads).hasSize(1);
        }
    }
}
