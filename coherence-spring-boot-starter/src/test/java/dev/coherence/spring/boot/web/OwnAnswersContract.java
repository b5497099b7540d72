package dev.coherence.spring.boot.web;

import static dev.coherence.spring.boot.web.Answers.assertProblem;
import static dev.coherence.spring.boot.web.Answers.assertReport;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application whose advice without an order answers Axon's exceptions. */
abstract class OwnAnswersContract {

    abstract WebServer server();

    private HttpResponse<String> send(String path, String... headers) {
        return server().send("PUT", path, headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"race", "exists"})
    void come_first(String how) {
        for (String[] headers : new String[][] {{}, {"If-None-Match", "*"}}) {
            HttpResponse<String> answer = send("/own-axon/" + how, headers);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(402);
            assertThat(answer.body()).isEqualTo("its own " + how);
        }
    }

    @Test
    void do_not_take_away_what_is_ours() {
        assertReport(send("/own-axon/conflict"), "/own-axon/conflict");
        assertProblem(send("/own-axon/invalid"), 422, "invalid-command", "/own-axon/invalid", "is ahead");
        assertProblem(send("/own-axon/guarded-race"), 409, "lost-race", "/own-axon/guarded-race", "Send it again");
        assertProblem(send("/own-axon/deadlock"), 409, "lost-race", "/own-axon/deadlock", "Send it again");
    }

    @Test
    void leave_what_they_do_not_answer_to_ours() {
        assertProblem(send("/fail/race"), 409, "lost-race", "/fail/race", "Send it again");
        assertProblem(
                send("/fail/exists", "If-None-Match", "*"),
                412,
                "precondition-failed",
                "/fail/exists",
                "exists already");
    }
}
