package dev.coherence.spring.boot.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.value.MapValue;
import dev.coherence.value.NumberValue;
import dev.coherence.value.TextValue;
import dev.coherence.value.Value;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds over HTTP with either framework and either Jackson. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class WebContract {

    private static final String BASE = "\"41@1203\"";
    private static final String NEXT = "\"42@1204\"";

    private WebServer server;

    abstract WebServer start();

    @BeforeAll
    void startServer() {
        server = start();
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    @Nested
    class A_revision_that_is_required {

        @Test
        void comes_from_If_Match() {
            HttpResponse<String> answer = server.send("PATCH", "/book", "If-Match", BASE);
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
            HttpResponse<String> answer = ifMatch == null
                    ? server.send("PATCH", "/book")
                    : server.send("PATCH", "/book", "If-Match", ifMatch);
            assertProblem(answer, status, type, "/book", "If-Match: ");
        }

        @Test
        void is_one_of_several_if_the_header_comes_twice() {
            assertProblem(
                    server.send("PATCH", "/book", "If-Match", BASE, "If-Match", NEXT),
                    400,
                    "invalid-precondition",
                    "/book",
                    "2 entity tags");
        }

        @Test
        void does_not_go_with_another_condition() {
            assertProblem(
                    server.send("PATCH", "/book", "If-Match", BASE, "If-None-Match", "*"),
                    400,
                    "invalid-precondition",
                    "/book",
                    "both");
            assertText(server.send("GET", "/book/since", "If-Match", BASE, "If-None-Match", "\"x\""), "41@1203");
        }
    }

    @Nested
    class A_revision_that_is_not_required {

        @ParameterizedTest
        @ValueSource(strings = {"/book/optional", "/book/nullable"})
        void may_be_missing(String path) {
            assertText(server.send("PATCH", path), "none");
            assertText(server.send("PATCH", path, "If-Match", BASE), "41@1203");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/book/optional", "/book/nullable"})
        void must_be_one_if_it_is_there(String path) {
            assertProblem(server.send("PATCH", path, "If-Match", "x"), 400, "invalid-precondition", path, "If-Match");
            assertProblem(
                    server.send("PATCH", path, "If-Match", "W/\"1\""), 412, "precondition-failed", path, "weak");
            assertProblem(server.send("PATCH", path, "If-Match", "*"), 428, "precondition-required", path, "If-Match");
        }
    }

    @Nested
    class A_revision_from_elsewhere {

        @Test
        void is_converted() {
            assertText(
                    server.send("GET", "/book/at/41@1203-9..1190.1198?until=42", "If-Match", "x"),
                    "41@1203-9..1190.1198 until 42");
            assertText(server.send("GET", "/book/at/@7"), "@7 until null");
        }

        @Test
        void is_a_bad_request_if_it_cannot_be() {
            assertThat(server.send("GET", "/book/at/x").statusCode()).isEqualTo(400);
            assertThat(server.send("GET", "/book/at/1?until=").statusCode()).isEqualTo(400);
        }
    }

    @Nested
    class A_precondition {

        @Test
        void is_a_base() {
            HttpResponse<String> answer = server.send("PUT", "/book", "If-Match", BASE);
            assertAnswer(answer, 200, "{\"base\": \"41@1203\"}");
            assertTag(answer, NEXT);
        }

        @Test
        void is_absence() {
            HttpResponse<String> answer = server.send("PUT", "/book", "If-None-Match", "*");
            assertAnswer(answer, 201, "{\"base\": \"absent\"}");
            assertTag(answer, NEXT);
        }

        @Test
        void is_missing_without_both_headers() {
            assertProblem(server.send("PUT", "/book"), 428, "precondition-required", "/book", "both missing");
            assertText(server.send("PUT", "/book/optional"), "none");
        }

        @Test
        void is_not_both() {
            assertProblem(
                    server.send("PUT", "/book", "If-Match", BASE, "If-None-Match", "*"),
                    400,
                    "invalid-precondition",
                    "/book",
                    "both");
        }

        @Test
        void is_not_the_absence_of_a_revision() {
            assertProblem(
                    server.send("PUT", "/book", "If-None-Match", BASE),
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
            HttpResponse<String> answer = server.send("GET", path);
            assertAnswer(answer, 200, "{\"title\": \"Neuromancer\"}");
            assertTag(answer, BASE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/book", "/book/entity", "/book/future", "/book/mono"})
        void is_304_if_the_client_has_it_by_weak_comparison(String path) {
            for (String known : new String[] {BASE, "W/" + BASE, "\"x\", " + BASE}) {
                HttpResponse<String> answer = server.send("GET", path, "If-None-Match", known);
                assertThat(answer.statusCode()).as(known).isEqualTo(304);
                assertThat(answer.body()).isEmpty();
                assertTag(answer, BASE);
            }
            assertThat(server.send("GET", path, "If-None-Match", NEXT).statusCode())
                    .isEqualTo(200);
        }

        @Test
        void has_no_body_and_204_if_there_is_none() {
            HttpResponse<String> answer = server.send("POST", "/book/touch", "If-Match", BASE);
            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(answer.body()).isEmpty();
            assertTag(answer, NEXT);
        }

        @Test
        void may_be_a_plain_entity() {
            HttpResponse<String> answer = server.send("PUT", "/book/entity", "If-None-Match", "*");
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.headers().firstValue("Location")).contains("/book");
            assertTag(answer, NEXT);
        }

        @Test
        void to_HEAD_has_the_ETag() {
            assertTag(server.send("HEAD", "/book"), BASE);
        }
    }

    @Nested
    class A_conflict {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/fail/conflict",
                    "/fail/conflict/future",
                    "/fail/conflict/mono",
                    "/fail/wrapped",
                    "/fail/wrapped/mono",
                    "/fail/remote-conflict",
                    "/fail/remote-conflict/future",
                    "/fail/remote-conflict/mono",
                    "/functional/conflict"
                })
        void is_answered_with_the_full_report(String path) {
            assertReport(server.send("PUT", path, "If-Match", BASE), path);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/command/wait", "/command/future", "/command/mono"})
        void of_a_command_as_well(String path) {
            assertReport(server.send("PATCH", path, "If-Match", BASE), path);
        }

        @ParameterizedTest
        @ValueSource(strings = {"application/json", "text/html", "application/xml", "image/png"})
        void is_JSON_whatever_the_client_asks_for(String accept) {
            assertReport(server.send("PUT", "/fail/conflict", "Accept", accept), "/fail/conflict");
        }

        @Test
        void names_the_path_as_it_was_sent() {
            assertReport(server.send("PUT", "/fail/%63onflict?x=1"), "/fail/%63onflict");
        }

        @Test
        void with_an_aggregate_that_was_to_be_created_is_a_failed_precondition() {
            String path = "/fail/creation-conflict";
            assertProblem(
                    server.send("PUT", path, "If-None-Match", "*"), 412, "precondition-failed", path, "exists already");
            assertThat(server.send("PUT", path).statusCode()).isEqualTo(409);
        }
    }

    @Nested
    class A_command_that_cannot_be_carried_out {

        @Test
        void because_it_is_invalid_is_422() {
            assertProblem(
                    server.send("PUT", "/fail/invalid"),
                    422,
                    "invalid-command",
                    "/fail/invalid",
                    "ReviseBook.base: is ahead.");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/fail/race", "/fail/race/mono", "/fail/deadlock"})
        void because_it_lost_a_race_is_409(String path) {
            HttpResponse<String> answer = server.send("PUT", path, "If-None-Match", "*");
            assertProblem(answer, 409, "lost-race", path, "Send it again");
            assertThat(member(answer, "retry")).isEqualTo(Value.of(true));
        }

        @Test
        void because_what_it_creates_exists_is_412_if_that_was_a_condition() {
            assertProblem(
                    server.send("PUT", "/fail/exists", "If-None-Match", "*"),
                    412,
                    "precondition-failed",
                    "/fail/exists",
                    "exists already");
            assertProblem(
                    server.send("PUT", "/fail/exists"), 409, "already-exists", "/fail/exists", "exists already");
        }
    }

    @Nested
    class What_an_application_answers_itself {

        @Test
        void in_an_advice_with_an_order_comes_first() {
            assertTeapot(server.send("PUT", "/own-advice"), "its own");
        }

        @ParameterizedTest
        @ValueSource(strings = {"conflict", "wrapped"})
        void in_an_advice_for_everything_comes_after(String how) {
            assertReport(server.send("PUT", "/catch-all/" + how), "/catch-all/" + how);
        }

        @ParameterizedTest
        @ValueSource(strings = {"other", "command", "remote-conflict"})
        void in_an_advice_for_everything_is_not_taken_away(String how) {
            assertTeapot(server.send("PUT", "/catch-all/" + how), "catch-all");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/fail/other", "/fail/other/mono", "/fail/command", "/fail/command/future"})
        void or_leaves_to_Spring_stays_so(String path) {
            HttpResponse<String> answer = server.send("PUT", path);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("urn:coherence");
        }

        private void assertTeapot(HttpResponse<String> answer, String body) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(418);
            assertThat(answer.body()).isEqualTo(body);
        }
    }

    private static void assertReport(HttpResponse<String> answer, String instance) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(Value.parse(answer.body())).isEqualTo(Reports.document(instance));
    }

    private static void assertProblem(
            HttpResponse<String> answer, int status, String type, String instance, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(member(answer, "type")).isEqualTo(new TextValue("urn:coherence:" + type));
        assertThat(member(answer, "status")).isEqualTo(new NumberValue(BigDecimal.valueOf(status)));
        assertThat(member(answer, "instance")).isEqualTo(new TextValue(instance));
        assertThat(((TextValue) member(answer, "title")).value()).matches("[A-Z][a-z ]+");
        assertThat(((TextValue) member(answer, "detail")).value()).contains(detail);
    }

    private static Value member(HttpResponse<String> answer, String name) {
        return ((MapValue) Value.parse(answer.body())).entries().get(name);
    }

    private static void assertAnswer(HttpResponse<String> answer, int status, String json) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Value.parse(answer.body())).isEqualTo(Value.parse(json));
    }

    private static void assertText(HttpResponse<String> answer, String text) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(text);
    }

    private static void assertTag(HttpResponse<String> answer, String tag) {
        assertThat(answer.headers().allValues("ETag")).containsExactly(tag);
    }
}
