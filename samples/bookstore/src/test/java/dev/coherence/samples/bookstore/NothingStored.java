package dev.coherence.samples.bookstore;

import static dev.coherence.samples.bookstore.Requests.action;
import static dev.coherence.samples.bookstore.Requests.rebase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.samples.bookstore.Client.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of what is refused: after each of them the store is as it was before. */
abstract class NothingStored {

    static final String ENTRY = action("bad", "'a':1");

    final Client client;
    private long before;

    NothingStored(Database database) {
        client = database.client();
    }

    @BeforeEach
    void remember_what_is_stored() {
        before = client.sequenceNumber();
    }

    @AfterEach
    void nothing_was_stored() {
        assertThat(client.sequenceNumber()).isEqualTo(before);
    }

    Answer send(String history) {
        return client.rebase(rebase("@0", history));
    }

    /** Sends a good entry in which a part is replaced. */
    Answer sendWith(String part, String replacement) {
        assertThat(ENTRY).contains(part);
        return send(ENTRY.replace(part, replacement));
    }
}
