package dev.coherence.samples.bookstore;

import static dev.coherence.samples.bookstore.Client.encoded;
import static dev.coherence.samples.bookstore.Client.unique;
import static dev.coherence.samples.bookstore.Requests.action;
import static dev.coherence.samples.bookstore.Requests.key;
import static dev.coherence.samples.bookstore.Requests.keyExpired;
import static dev.coherence.samples.bookstore.Requests.linkedAction;
import static dev.coherence.samples.bookstore.Requests.rebase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.samples.bookstore.Client.Answer;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnEveryDatabase
class EventsTest {

    private final Client client;
    private final String book = unique("Neuromancer");
    private final String other = unique("Count Zero");
    private final String keyId = unique("key");

    EventsTest(Database database) {
        client = database.client();
    }

    private long append(String history) {
        return client.rebase(rebase(client.head(), history))
                .isOk()
                .json()
                .at("/events/0/sequenceNumber")
                .longValue();
    }

    private static String of(String... books) {
        StringBuilder query = new StringBuilder();
        for (String id : books) {
            query.append("&aggregate=book:").append(encoded(id));
        }
        return query.toString();
    }

    private static List<Long> numbers(JsonNode events) {
        return events.valueStream()
                .map(event -> event.path("sequenceNumber").longValue())
                .toList();
    }

    private List<Long> read(String query) {
        return numbers(client.get("/api/events?" + query).isOk().json());
    }

    @Nested
    class A_read {

        @Test
        void shows_the_actions_after_a_number() {
            long first = append(action(book, "'a':1"));
            long second = append(action(book, "'a':2"));

            assertThat(read("after=0" + of(book))).containsExactly(first, second);
            assertThat(read("after=" + first + of(book))).containsExactly(second);
            assertThat(read("after=" + second + of(book))).isEmpty();
        }

        @Test
        void starts_at_the_beginning_by_itself() {
            long first = append(action(book, "'a':1"));

            assertThat(numbers(client.get("/api/events").isOk().json())).contains(first);
        }

        @Test
        void may_go_on_after_a_revision_that_an_earlier_read_returned() {
            append(action(book, "'a':1"));
            String revision = client.get("/api/events?kind=book").isOk().header(EventsController.REVISION);
            long second = append(action(book, "'a':2"));

            assertThat(read("after=" + encoded(revision))).containsExactly(second);
        }

        @Test
        void can_be_limited_to_aggregates_and_to_kinds_each_several_times() {
            long first = append(action(book, "'a':1"));
            long second = append(action(other, "'a':1"));
            String kind = unique("shelf");
            long third = append(action(book, "'a':1").replace("'kind':'book'", "'kind':'" + kind + "'"));

            assertThat(read("after=0" + of(book, other))).containsExactly(first, second);
            assertThat(read("after=0&kind=" + kind)).containsExactly(third);
            assertThat(read("after=" + (first - 1) + "&kind=" + kind + "&kind=book"))
                    .contains(first, second, third);
            assertThat(read("after=0&kind=" + kind + of(book))).isEmpty();
        }

        @Test
        void shows_all_actions_of_an_aggregate_again_after_an_effect() {
            long first = append(linkedAction(book, "'a':1", key(keyId)));
            long unaffected = append(action(other, "'a':1"));
            long effect = append(keyExpired(keyId));
            long last = append(action(other, "'a':2"));

            assertThat(read("after=" + unaffected + of(book, other))).containsExactly(first, last);
            assertThat(read("after=" + effect + of(book, other))).containsExactly(last);
        }

        @Test
        void can_be_had_as_lines() {
            long first = append(action(book, "'a':1"));
            long second = append(action(book, "'a':1.50"));

            Answer answer = client.get("/api/events?after=0" + of(book), "Accept", "application/x-ndjson");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson");
            assertThat(answer.text().lines()).hasSize(2);
            assertThat(answer.text().lines().toList().get(0)).startsWith("{\"sequenceNumber\":" + first + ",");
            assertThat(answer.text().lines().toList().get(1))
                    .startsWith("{\"sequenceNumber\":" + second + ",")
                    .contains("\"assoc\":{\"a\":1.5}");
            assertThat(answer.text()).endsWith("}\n");
        }

        @Test
        void of_nothing_is_an_empty_array_or_no_line() {
            assertThat(read("kind=none")).isEmpty();
            assertThat(client.get("/api/events?kind=none", "Accept", "application/x-ndjson")
                            .text())
                    .isEmpty();
        }
    }

    @Nested
    class Conflicts {

        @Test
        void are_all_events_that_the_base_has_not_seen() {
            String base = client.head();
            long action = append(linkedAction(book, "'a':1", key(keyId)));
            long effect = append(keyExpired(keyId));
            append(action(other, "'a':1"));

            JsonNode conflicts = client.get("/api/conflicts?base=" + encoded(base) + of(book))
                    .isOk()
                    .json();

            assertThat(numbers(conflicts)).containsExactly(action, effect);
            assertThat(conflicts.at("/0/action/reason").stringValue()).isEqualTo("update");
            assertThat(conflicts.at("/1/effect/reason").stringValue()).isEqualTo("key-expired");
        }

        @Test
        void are_none_for_a_base_that_has_seen_everything() {
            append(action(book, "'a':1"));

            assertThat(client.get("/api/conflicts?base=" + encoded(client.head()) + of(book))
                            .isOk()
                            .text())
                    .isEqualTo("[]");
        }
    }

    @Nested
    class The_sequence_number {

        @Test
        void is_the_number_of_the_last_event() {
            long number = append(action(book, "'a':1"));

            assertThat(client.get("/api/sequence-number").isOk().text())
                    .isEqualTo("{\"sequenceNumber\":" + number + "}");
        }
    }
}
