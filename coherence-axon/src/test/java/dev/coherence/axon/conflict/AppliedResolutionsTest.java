package dev.coherence.axon.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.Test;

class AppliedResolutionsTest {

    @Test
    void are_what_stands_in_the_metadata() {
        AppliedResolutions resolutions = AppliedResolutions.of(MetaData.from(Map.of(
                "coherence-listed", "3,12",
                "coherence-marked", "4",
                "coherence-merged", "5",
                "coherence-accepted", "6",
                "coherence-replaced", "7")));

        assertThat(resolutions.listed()).containsExactly(3L, 12L);
        assertThat(resolutions.marked()).containsExactly(4L);
        assertThat(resolutions.merged()).containsExactly(5L);
        assertThat(resolutions.accepted()).containsExactly(6L);
        assertThat(resolutions.replaced()).containsExactly(7L);
        assertThat(resolutions.isEmpty()).isFalse();
    }

    @Test
    void are_empty_without_any() {
        assertThat(AppliedResolutions.of(MetaData.emptyInstance()).isEmpty()).isTrue();
    }

    @Test
    void leave_out_what_is_no_list_of_numbers() {
        AppliedResolutions resolutions =
                AppliedResolutions.of(MetaData.from(Map.of("coherence-listed", "3,twelve", "coherence-merged", "5")));

        assertThat(resolutions.listed()).isEmpty();
        assertThat(resolutions.merged()).containsExactly(5L);
    }

    @Test
    void cannot_be_changed() {
        assertThatThrownBy(() ->
                        AppliedResolutions.of(MetaData.emptyInstance()).merged().add(1L))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
