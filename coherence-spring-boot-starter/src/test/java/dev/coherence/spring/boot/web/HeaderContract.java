package dev.coherence.spring.boot.web;

import static dev.coherence.spring.boot.web.Answers.assertAnswer;
import static dev.coherence.spring.boot.web.Answers.assertProblem;
import static dev.coherence.spring.boot.web.Answers.assertTag;
import static dev.coherence.spring.boot.web.Answers.assertText;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How revisions come and go over HTTP. */
abstract class HeaderContract {

    private static final String BASE = "\"41@1203\"";
    private static final String NEXT = "\"42@1204\"";

    abstract WebServer server();

    private HttpResponse<String> send(String method, String path, String... headers) {
        return server().send(method, path, headers);
    }

    @Nested
    class A_revision_that_is_required {

        @Test
        void comes_from_If_Match() {
            HttpResponse<String> answer = send("PATCH", "/book", "If-Match", BASE);
            assertAnswer(answer, 200, "{\"base\": \"41@1203\"}");
            assertTag(answer, NEXT);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\'',
                value = {
                    "428 | precondition-required | ",
                    "428 | precondition-required | *",
                    "412 | precondition-failed   | W/\"41@1203\"",
                    "400 | invalid-precondition  | 41@1203",
                    "400 | invalid-precondition  | \"x\"",
                    "400 | invalid-precondition  | \"41\", \"42\"",
                })
        void is_a_problem_where_it_is_missing_or_none(int status, String type, String ifMatch) {
            HttpResponse<String> answer =
                    ifMatch == null ? send("PATCH", "/book") : send("PATCH", "/book", "If-Match", ifMatch);
            assertProblem(answer, status, type, "/book", "If-Match: ");
        }

        @Test
        void is_one_of_several_if_the_header_comes_twice() {
            assertProblem(
                    send("PATCH", "/book", "If-Match", BASE, "If-Match", NEXT),
                    400,
                    "invalid-precondition",
                    "/book",
                    "2 entity tags");
        }

        @Test
        void is_told_to_be_missing_before_anything_is_said_of_another_condition() {
            assertProblem(
                    send("PATCH", "/book", "If-None-Match", "*"), 428, "precondition-required", "/book", "If-Match: ");
            assertProblem(
                    send("PATCH", "/book", "If-Match", "W/" + BASE, "If-None-Match", "*"),
                    412,
                    "precondition-failed",
                    "/book",
                    "If-Match: a weak");
        }

        @Test
        void does_not_go_with_another_condition() {
            assertProblem(
                    send("PATCH", "/book", "If-Match", BASE, "If-None-Match", "*"),
                    400,
                    "invalid-precondition",
                    "/book",
                    "both");
            assertText(send("GET", "/book/since", "If-Match", BASE, "If-None-Match", "\"x\""), "41@1203");
        }
    }

    @Nested
    class A_revision_that_is_not_required {

        @ParameterizedTest
        @ValueSource(strings = {"/book/optional", "/book/nullable"})
        void may_be_missing(String path) {
            assertText(send("PATCH", path), "none");
            assertText(send("PATCH", path, "If-Match", BASE), "41@1203");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/book/optional", "/book/nullable"})
        void must_be_one_if_it_is_there(String path) {
            assertProblem(send("PATCH", path, "If-Match", "x"), 400, "invalid-precondition", path, "If-Match");
            assertProblem(send("PATCH", path, "If-Match", "W/\"1\""), 412, "precondition-failed", path, "weak");
            assertProblem(send("PATCH", path, "If-Match", "*"), 428, "precondition-required", path, "If-Match");
        }
    }

    @Nested
    class A_revision_from_elsewhere {

        @Test
        void is_converted() {
            assertText(
                    send("GET", "/book/at/41@1203-9..1190.1198?until=42", "If-Match", "x"),
                    "41@1203-9..1190.1198 until 42");
            assertText(send("GET", "/book/at/@7"), "@7 until null");
        }

        @Test
        void is_a_bad_request_if_it_cannot_be() {
            assertThat(send("GET", "/book/at/x").statusCode()).isEqualTo(400);
            assertThat(send("GET", "/book/at/1?until=").statusCode()).isEqualTo(400);
        }
    }

    @Nested
    class A_precondition {

        @Test
        void is_a_base() {
            HttpResponse<String> answer = send("PUT", "/book", "If-Match", BASE);
            assertAnswer(answer, 200, "{\"base\": \"41@1203\"}");
            assertTag(answer, NEXT);
        }

        @Test
        void is_absence() {
            HttpResponse<String> answer = send("PUT", "/book", "If-None-Match", "*");
            assertAnswer(answer, 201, "{\"base\": \"absent\"}");
            assertTag(answer, NEXT);
        }

        @Test
        void is_missing_without_both_headers() {
            assertProblem(send("PUT", "/book"), 428, "precondition-required", "/book", "both missing");
            assertText(send("PUT", "/book/optional"), "none");
        }

        @Test
        void is_not_both() {
            assertProblem(
                    send("PUT", "/book", "If-Match", BASE, "If-None-Match", "*"),
                    400,
                    "invalid-precondition",
                    "/book",
                    "both");
        }

        @Test
        void is_not_the_absence_of_a_revision() {
            assertProblem(
                    send("PUT", "/book", "If-None-Match", BASE),
                    400,
                    "invalid-precondition",
                    "/book",
                    "no condition for a change");
        }
    }

    @Nested
    class An_answer {

        @ParameterizedTest
        @ValueSource(strings = {"/book", "/book/entity", "/book/future", "/book/mono"})
        void has_its_revision_as_ETag(String path) {
            HttpResponse<String> answer = send("GET", path);
            assertAnswer(answer, 200, "{\"title\": \"Neuromancer\"}");
            assertTag(answer, BASE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/book", "/book/entity", "/book/future", "/book/mono"})
        void is_304_if_the_client_has_it_by_weak_comparison(String path) {
            for (String known : new String[] {BASE, "W/" + BASE, "\"x\", " + BASE}) {
                HttpResponse<String> answer = send("GET", path, "If-None-Match", known);
                assertThat(answer.statusCode()).as(known).isEqualTo(304);
                assertThat(answer.body()).isEmpty();
                assertTag(answer, BASE);
            }
            assertThat(send("GET", path, "If-None-Match", NEXT).statusCode()).isEqualTo(200);
        }

        @Test
        void has_no_body_and_204_if_there_is_none() {
            HttpResponse<String> answer = send("POST", "/book/touch", "If-Match", BASE);
            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(answer.body()).isEmpty();
            assertTag(answer, NEXT);
        }

        @Test
        void may_be_a_plain_entity() {
            HttpResponse<String> answer = send("PUT", "/book/entity", "If-None-Match", "*");
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.headers().firstValue("Location")).contains("/book");
            assertTag(answer, NEXT);
        }

        @Test
        void to_HEAD_has_the_ETag() {
            assertTag(send("HEAD", "/book"), BASE);
        }
    }
}
