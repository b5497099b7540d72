package dev.coherence.spring.boot.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.revision.Revision;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class RevisedTest {

    private static final Revision REVISION = Revision.of(41, 1203);

    @Test
    void has_the_revision_as_its_strong_tag() {
        assertThat(Revised.of(REVISION, "body").getHeaders().getETag()).isEqualTo("\"41@1203\"");
        assertThat(Revised.of(REVISION, "body").revision()).isEqualTo(REVISION);
    }

    @Test
    void is_200_with_and_204_without_a_body() {
        assertThat(Revised.of(REVISION, "body").getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(Revised.of(REVISION).getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(Revised.of(REVISION).hasBody()).isFalse();
    }

    @Test
    void takes_another_status() {
        Revised<String> created = Revised.of(REVISION, "body").withStatus(HttpStatus.CREATED);
        assertThat(created.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(created.getBody()).isEqualTo("body");
        assertThat(created.getHeaders().getETag()).isEqualTo("\"41@1203\"");
    }

    @Test
    void cannot_be_changed() {
        assertThatThrownBy(() -> Revised.of(REVISION).getHeaders().setLocation(URI.create("/")))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void is_equal_by_value() {
        assertThat(Revised.of(REVISION, "body"))
                .isEqualTo(Revised.of(REVISION, "body"))
                .hasSameHashCodeAs(Revised.of(REVISION, "body"))
                .isNotEqualTo(Revised.of(REVISION, "other"))
                .isNotEqualTo(Revised.of(Revision.at(1), "body"))
                .isNotEqualTo(Revised.of(REVISION, "body").withStatus(HttpStatus.CREATED))
                .hasToString("<200 OK,41@1203,body>");
    }

    @Test
    void refuses_null() {
        assertThatThrownBy(() -> Revised.of((Revision) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Revised.of(REVISION, null)).isInstanceOf(NullPointerException.class);
    }
}
