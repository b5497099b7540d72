package dev.coherence.axon.token;

import static dev.coherence.axon.token.Universe.gaps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.coherence.revision.Revision;
import java.util.Map;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MultiSourceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeenPositionsTest {

    /** For all raw tokens with positions up to 5, with gaps and without. */
    @Nested
    class Laws {

        @ParameterizedTest
        @EnumSource
        void a_position_is_contained_and_in_the_revision_if_and_only_if_the_token_claims_it(Universe universe) {
            for (TrackingToken raw : universe.rawOrNull(5)) {
                Revision revision = SeenPositions.of(raw);
                for (long position = 1; position <= 6; position++) {
                    boolean claimed = Universe.positions(raw).contains("" + position);

                    assertThat(SeenPositions.contains(raw, position))
                            .as("%s contains %d", raw, position)
                            .isEqualTo(claimed);
                    assertThat(revision.seesNumber(position))
                            .as("%s of %s sees %d", revision, raw, position)
                            .isEqualTo(claimed);
                }
            }
        }
    }

    @Nested
    class A_revision {

        @Test
        void has_neighbouring_gaps_as_one_range() {
            assertThat(SeenPositions.of(gaps(1203, 9, 10, 11, 1198))).hasToString("@1203-9..11.1198");
        }

        @Test
        void of_a_sequence_number_has_no_gaps() {
            assertThat(SeenPositions.of(new GlobalSequenceTrackingToken(7))).isEqualTo(Revision.at(7));
        }

        @Test
        void has_seen_nothing_before_position_1() {
            assertThat(SeenPositions.of(null)).isEqualTo(Revision.at(0));
            assertThat(SeenPositions.of(gaps(-1))).isEqualTo(Revision.at(0));
            assertThat(SeenPositions.of(gaps(0))).isEqualTo(Revision.at(0));
            assertThat(SeenPositions.of(gaps(3, -1, 0))).isEqualTo(Revision.at(3));
            assertThat(SeenPositions.of(new GlobalSequenceTrackingToken(-1))).isEqualTo(Revision.at(0));
        }
    }

    @Test
    void a_wrapped_token_is_refused() {
        TrackingToken replay = ReplayToken.createReplayToken(gaps(5), gaps(2));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SeenPositions.of(replay))
                .withMessageContaining("unwrap its lower or upper bound");
        assertThatIllegalArgumentException().isThrownBy(() -> SeenPositions.contains(replay, 1));
    }

    @Test
    void a_token_that_does_not_tell_its_positions_is_refused_by_name() {
        TrackingToken several = new MultiSourceTrackingToken(Map.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SeenPositions.of(several))
                .withMessageContaining(MultiSourceTrackingToken.class.getName());
    }
}
