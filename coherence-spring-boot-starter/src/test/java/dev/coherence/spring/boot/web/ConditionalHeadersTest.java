package dev.coherence.spring.boot.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.revision.Revision;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionalHeadersTest {

    private static final Revision SEEN = Revision.of(41, 1203);

    @Nested
    class A_revision {

        @Test
        void stands_in_If_Match() {
            assertThat(ifMatch("\"41@1203\"").revision()).contains(SEEN);
            assertThat(ifMatch("\"41@1203\"").requiredRevision()).isEqualTo(SEEN);
        }

        @Test
        void may_have_empty_elements_around_it() {
            assertThat(ifMatch(" ,\"41@1203\", ").requiredRevision()).isEqualTo(SEEN);
        }

        @Test
        void is_missing_without_the_header() {
            assertThat(ifMatch().revision()).isEmpty();
            assertRefused(428, "If-Match: is missing", () -> ifMatch().requiredRevision());
        }

        @Test
        void is_not_named_by_a_star() {
            assertRefused(
                    428, "If-Match: * names no revision", () -> ifMatch("*").requiredRevision());
            assertRefused(
                    428, "If-Match: * names no revision", () -> ifMatch(" * ").revision());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", ",", "41@1203", "\"41", "w/\"41\"", "\"41\", *", "*, \"41\"", "\"41\" \"42\""})
        void is_not_read_from_what_is_no_entity_tag(String header) {
            assertRefused(400, "is no entity tag", () -> ifMatch(header).requiredRevision());
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"\"", "\"x\"", "\"41@1203-gzip\"", "\"-1\"", "\"041\"", "\"41@\""})
        void is_not_read_from_another_tag(String header) {
            assertRefused(400, "is no revision: ", () -> ifMatch(header).requiredRevision());
        }

        @Test
        void is_not_chosen_from_several() {
            assertRefused(
                    400, "has 2 entity tags", () -> ifMatch("\"41\", W/\"42\"").requiredRevision());
            assertRefused(
                    400, "has 2 entity tags", () -> ifMatch("\"41\"", "\"42\"").requiredRevision());
        }

        @ParameterizedTest
        @ValueSource(strings = {"W/\"41@1203\"", "W/\"x\""})
        void never_matches_weakly(String header) {
            assertRefused(412, "weak", () -> ifMatch(header).requiredRevision());
            assertRefused(412, "weak", () -> ifMatch(header).revision());
        }

        @Test
        void is_shown_shortened_and_escaped_if_it_cannot_be_read() {
            assertRefused(
                    400,
                    "If-Match: \"" + "x".repeat(59) + "…\" is no entity tag",
                    () -> ifMatch("x".repeat(1000)).requiredRevision());
        }
    }

    @Nested
    class Beside_If_None_Match {

        @Test
        void a_revision_is_refused() {
            assertRefused(400, "both there", () -> headers("PUT", "\"41\"", "*").requiredRevision());
            assertRefused(
                    400, "both there", () -> headers("PUT", "\"41\"", "\"42\"").precondition());
        }

        @Test
        void a_revision_that_is_none_is_told_first() {
            assertRefused(412, "weak", () -> headers("PUT", "W/\"41\"", "*").requiredRevision());
            assertRefused(
                    412, "weak", () -> headers("PUT", "W/\"41\"", "\"42\"").precondition());
            assertRefused(
                    428, "names no revision", () -> headers("PUT", "*", "*").revision());
            assertRefused(
                    400, "is no entity tag", () -> headers("PUT", "x", "*").revision());
        }

        @Test
        void a_missing_revision_is_missing() {
            assertRefused(428, "If-Match: is missing", () -> ifNoneMatch("*").requiredRevision());
        }

        @Test
        void a_revision_that_may_be_missing_is_refused_lest_the_condition_be_passed_over() {
            assertRefused(
                    400,
                    "is no condition of this endpoint",
                    () -> ifNoneMatch("*").revision());
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET", "HEAD"})
        void a_revision_is_read_where_the_other_header_only_asks_for_news(String method) {
            assertThat(headers(method, "\"41@1203\"", "\"40@1100\"").requiredRevision())
                    .isEqualTo(SEEN);
            assertThat(headers(method, "\"41@1203\"", "*").demandAbsence()).isFalse();
        }
    }

    @Nested
    class A_precondition {

        @Test
        void is_a_base() {
            assertThat(ifMatch("\"41@1203\"").requiredPrecondition()).isEqualTo(new Precondition.Base(SEEN));
        }

        @Test
        void is_absence() {
            assertThat(ifNoneMatch("*").requiredPrecondition()).isEqualTo(new Precondition.Absent());
            assertThat(ifNoneMatch("*").demandAbsence()).isTrue();
        }

        @Test
        void is_missing_without_both_headers() {
            assertThat(ifMatch().precondition()).isEmpty();
            assertRefused(428, "both missing", () -> ifMatch().requiredPrecondition());
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"41\"", "W/\"41\"", "\"41\", \"42\"", "x", "", "*, *"})
        void is_not_the_absence_of_a_revision(String header) {
            assertRefused(
                    400,
                    "is no condition for a change",
                    () -> ifNoneMatch(header).requiredPrecondition());
        }

        @Test
        void is_refused_like_a_revision() {
            assertRefused(412, "weak", () -> ifMatch("W/\"41\"").requiredPrecondition());
            assertRefused(428, "names no revision", () -> ifMatch("*").requiredPrecondition());
        }

        @Test
        void folds() {
            assertThat(new Precondition.Base(SEEN).<String>fold(Revision::toString, () -> "absent"))
                    .isEqualTo("41@1203");
            assertThat(new Precondition.Absent().<String>fold(Revision::toString, () -> "absent"))
                    .isEqualTo("absent");
        }
    }

    private static ConditionalHeaders ifMatch(String... lines) {
        return ConditionalHeaders.of("PATCH", List.of(lines), List.of());
    }

    private static ConditionalHeaders ifNoneMatch(String... lines) {
        return ConditionalHeaders.of("PUT", List.of(), List.of(lines));
    }

    private static ConditionalHeaders headers(String method, String ifMatch, String ifNoneMatch) {
        return ConditionalHeaders.of(method, List.of(ifMatch), List.of(ifNoneMatch));
    }

    private static void assertRefused(int status, String part, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PreconditionException.class,
                        e -> assertThat(e.getBody().getDetail()).contains(part).endsWith("."))
                .extracting(e -> ((PreconditionException) e).getStatusCode().value())
                .isEqualTo(status);
    }
}
