package dev.coherence.samples.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the README shows is what the bookstore does. */
@OnEveryDatabase
class ReadmeTest {

    private final Client client;

    ReadmeTest(Database database) {
        client = database.client();
    }

    @Test
    void has_a_rebase_that_is_accepted() throws IOException {
        String example = examples().get(0);
        String mine =
                example.replace("Neuromancer", Client.unique("Neuromancer")).replace("[1]", "[]");

        client.rebase(mine).isOk();
    }

    @Test
    void has_an_error_that_is_answered_like_this() throws IOException {
        String wrong = examples().get(0).replace("\"reason\": \"create\"", "\"reason\": 1");
        JsonNode error = JsonText.parse(examples().get(1).getBytes(StandardCharsets.UTF_8));

        assertThat(client.rebase(wrong).isProblem(400).json()).isEqualTo(error);
    }

    private static List<String> examples() throws IOException {
        return Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(example -> example.group(1))
                .toList();
    }
}
