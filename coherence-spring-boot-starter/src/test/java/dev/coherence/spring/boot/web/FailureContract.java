package dev.coherence.spring.boot.web;

import static dev.coherence.spring.boot.web.Answers.assertProblem;
import static dev.coherence.spring.boot.web.Answers.assertReport;
import static dev.coherence.spring.boot.web.Answers.member;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.value.Value;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How failed commands are answered over HTTP. */
abstract class FailureContract {

    private static final String BASE = "\"41@1203\"";

    abstract WebServer server();

    private HttpResponse<String> send(String method, String path, String... headers) {
        return server().send(method, path, headers);
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
            assertReport(send("PUT", path, "If-Match", BASE), path);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/command/wait", "/command/future", "/command/mono"})
        void of_a_command_as_well(String path) {
            assertReport(send("PATCH", path, "If-Match", BASE), path);
        }

        @ParameterizedTest
        @ValueSource(strings = {"application/json", "text/html", "application/xml", "image/png"})
        void is_JSON_whatever_the_client_asks_for(String accept) {
            assertReport(send("PUT", "/fail/conflict", "Accept", accept), "/fail/conflict");
        }

        @Test
        void names_the_path_as_it_was_sent() {
            assertReport(send("PUT", "/fail/%63onflict?x=1"), "/fail/%63onflict");
        }

        @Test
        void with_an_aggregate_that_was_to_be_created_is_a_failed_precondition() {
            String path = "/fail/creation-conflict";
            assertProblem(send("PUT", path, "If-None-Match", "*"), 412, "precondition-failed", path, "exists already");
            assertThat(send("PUT", path).statusCode()).isEqualTo(409);
        }

        @Test
        void with_an_effect_on_what_was_to_be_created_is_a_conflict() {
            String path = "/fail/effect-conflict";
            HttpResponse<String> answer = send("PUT", path, "If-None-Match", "*");
            assertProblem(answer, 409, "conflicting", path, "Look at");
            assertThat(member(answer, "unresolved")).isEqualTo(Value.parse("[1206]"));
        }
    }

    @Nested
    class A_command_that_cannot_be_carried_out {

        @ParameterizedTest
        @ValueSource(strings = {"/fail/invalid", "/fail/remote-invalid", "/fail/remote-invalid/mono"})
        void because_it_is_invalid_is_422(String path) {
            HttpResponse<String> answer = send("PUT", path);
            assertProblem(answer, 422, "invalid-command", path, "ReviseBook.base: is ahead.");
            assertThat(member(answer, "errors"))
                    .isEqualTo(Value.parse("[{\"place\": \"ReviseBook.base\", \"problem\": \"is ahead\"}]"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/fail/race",
                    "/fail/race/mono",
                    "/fail/guarded-race",
                    "/fail/deadlock",
                    "/fail/remote-race",
                    "/fail/remote-race/mono",
                    "/catch-all/race"
                })
        void because_it_lost_a_race_is_409(String path) {
            HttpResponse<String> answer = send("PUT", path, "If-None-Match", "*");
            assertProblem(answer, 409, "lost-race", path, "Send it again");
            assertThat(member(answer, "retry")).isEqualTo(Value.of(true));
        }

        @ParameterizedTest
        @ValueSource(strings = {"/fail/exists", "/fail/remote-exists", "/catch-all/exists"})
        void because_what_it_creates_exists_is_412_if_that_was_a_condition(String path) {
            assertProblem(send("PUT", path, "If-None-Match", "*"), 412, "precondition-failed", path, "exists already");
            assertProblem(send("PUT", path), 409, "already-exists", path, "exists already");
        }
    }

    @Nested
    class What_an_application_answers_itself {

        @Test
        void in_an_advice_with_an_order_comes_first() {
            assertOwn(send("PUT", "/own-advice"), "its own");
        }

        @ParameterizedTest
        @ValueSource(strings = {"conflict", "wrapped"})
        void in_an_advice_for_everything_comes_after(String how) {
            assertReport(send("PUT", "/catch-all/" + how), "/catch-all/" + how);
        }

        @ParameterizedTest
        @ValueSource(strings = {"other", "command", "remote-conflict", "remote-invalid", "remote-race"})
        void in_an_advice_for_everything_is_not_taken_away(String how) {
            assertOwn(send("PUT", "/catch-all/" + how), "catch-all");
        }

        @Test
        void in_an_advice_for_everything_may_be_handed_on() {
            assertReport(send("PUT", "/careful/remote-conflict"), "/careful/remote-conflict");
            assertThat(send("PUT", "/careful/remote-invalid").statusCode()).isEqualTo(422);
            for (String how : new String[] {"remote-race", "remote-deadlock"}) {
                assertProblem(send("PUT", "/careful/" + how), 409, "lost-race", "/careful/" + how, "Send it again");
            }
            String path = "/careful/remote-exists";
            assertProblem(send("PUT", path), 409, "already-exists", path, "exists already");
            assertProblem(send("PUT", path, "If-None-Match", "*"), 412, "precondition-failed", path, "exists already");
            assertOwn(send("PUT", "/careful/command"), "careful");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/fail/other", "/fail/other/mono", "/fail/command", "/fail/command/future"})
        void or_leaves_to_Spring_stays_so(String path) {
            HttpResponse<String> answer = send("PUT", path);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("urn:coherence");
        }

        private void assertOwn(HttpResponse<String> answer, String body) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(402);
            assertThat(answer.body()).isEqualTo(body);
        }
    }
}
