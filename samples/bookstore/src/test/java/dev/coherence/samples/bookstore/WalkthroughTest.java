package dev.coherence.samples.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Runs the script that the README shows. */
@OnEveryDatabase
class WalkthroughTest {

    private final Client client;

    WalkthroughTest(Database database) {
        client = database.client();
    }

    @RepeatedTest(2)
    void works_step_by_step_also_on_a_store_that_is_not_empty() throws Exception {
        Run run = walkthrough("http://localhost:" + client.port());

        assertThat(run.output()).endsWith("That was all of it.\n");
        assertThat(run.status()).isZero();
    }

    @Test
    void fails_if_a_step_is_not_answered_as_it_should_be() throws Exception {
        Run run = walkthrough("http://localhost:" + client.port() + "/nowhere");

        assertThat(run.output()).endsWith("expected 200, but the status is 404\n");
        assertThat(run.status()).isNotZero();
    }

    private static Run walkthrough(String url) throws IOException, InterruptedException {
        ProcessBuilder bash = new ProcessBuilder("bash", "walkthrough.sh").redirectErrorStream(true);
        bash.environment().put("BASE_URL", url);
        Process script = bash.start();
        String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(script.waitFor(), output);
    }

    private record Run(int status, String output) {}
}
