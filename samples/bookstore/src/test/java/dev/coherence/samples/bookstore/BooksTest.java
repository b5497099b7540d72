package dev.coherence.samples.bookstore;

import static dev.coherence.samples.bookstore.Client.unique;
import static dev.coherence.samples.bookstore.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.samples.bookstore.Client.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OnEveryDatabase
class BooksTest {

    private static final String IDORU = "{'title':'Idoru','price':9.5,'genre':'SF'}";

    private final Client client;
    private final String isbn = unique("978");

    BooksTest(Database database) {
        client = database.client();
    }

    private Answer send(String method, String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return client.send(method, path, BodyPublishers.ofString(json(body)), all.toArray(String[]::new));
    }

    private Answer add() {
        Answer added = send("PUT", "/books/" + isbn, IDORU, "If-None-Match", "*");
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        return added;
    }

    private Answer patch(String etag, String body) {
        return send("PATCH", "/books/" + isbn, body, "If-Match", etag);
    }

    private Answer book() {
        return client.get("/books/" + isbn);
    }

    @Nested
    class Adding {

        @Test
        void answers_with_the_book_and_its_revision() {
            Answer added = add();

            assertThat(added.text()).isEqualTo(json("{'genre':'SF','price':9.5,'title':'Idoru'}"));
            assertThat(added.header("ETag")).matches("\"0@[0-9]+.*\"");
            assertThat(book().isOk().header("ETag")).startsWith("\"0@");
        }

        @Test
        void of_a_book_that_exists_fails() {
            add();

            send("PUT", "/books/" + isbn, IDORU, "If-None-Match", "*").isProblem(412);
            assertThat(book().header("ETag")).startsWith("\"0@");
        }

        @Test
        void needs_a_precondition() {
            send("PUT", "/books/" + isbn, IDORU).isProblem(428);
            book().isProblem(404);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{'price':9.5}                       | title",
                    "{'title':'Idoru'}                   | price",
                    "{'title':7,'price':9.5}             | title",
                    "{'title':'Idoru','price':'9.5'}     | price",
                    "{'title':'Idoru','price':-1}        | price",
                    "{'title':'Idoru','price':1,'x':2}   | x",
                    "{'title':'a\\u0000','price':1}      | title",
                    "{'title':'a','price':1,'genre':'\\u0000'} | genre",
                })
        void refuses_what_is_no_book(String body, String place) {
            send("PUT", "/books/" + isbn, body, "If-None-Match", "*").isRefusedAt(place);
            book().isProblem(404);
        }

        @Test
        void refuses_an_isbn_that_looks_like_the_identity_of_a_plain_aggregate() {
            send("PUT", "/books/book:" + isbn, IDORU, "If-None-Match", "*").isRefusedAt("isbn");
        }
    }

    @Nested
    class Revising {

        @Test
        void changes_the_fields_that_are_sent() {
            Answer revised = patch(add().header("ETag"), "{'price':12}").isOk();

            assertThat(revised.text()).isEqualTo(json("{'genre':'SF','price':12,'title':'Idoru'}"));
            assertThat(revised.header("ETag")).startsWith("\"1@");
        }

        @Test
        void removes_the_genre_with_null() {
            assertThat(patch(add().header("ETag"), "{'genre':null}").isOk().text())
                    .isEqualTo(json("{'price':9.5,'title':'Idoru'}"));
        }

        @Test
        void on_a_stale_revision_goes_together_with_changes_of_other_fields() {
            String read = add().header("ETag");
            patch(read, "{'price':12}").isOk();

            Answer merged = patch(read, "{'genre':'Cyberpunk'}").isOk();

            assertThat(merged.text()).isEqualTo(json("{'genre':'Cyberpunk','price':12,'title':'Idoru'}"));
            assertThat(merged.header("ETag")).startsWith("\"2@");
        }

        @Test
        void on_a_stale_revision_is_in_conflict_with_changes_of_the_same_field() {
            String read = add().header("ETag");
            send("PATCH", "/books/" + isbn, "{'price':12}", "If-Match", read, "X-User", "alice")
                    .isOk();

            Answer refused = patch(read, "{'price':15,'genre':'Noir'}").isProblem(409);

            assertThat(refused.text())
                    .contains(
                            "\"type\":\"urn:coherence:conflicting\"",
                            "\"path\":\"price\"",
                            "\"base\":9.5",
                            "\"ours\":15",
                            "\"theirs\":12",
                            "\"id\":\"alice\"");
            assertThat(book().text()).isEqualTo(json("{'genre':'SF','price':12,'title':'Idoru'}"));
        }

        @Test
        void goes_over_a_conflict_that_the_client_lists_as_resolved() {
            String read = add().header("ETag");
            patch(read, "{'price':12}").isOk();
            long theirs = patch(read, "{'price':15}")
                    .isProblem(409)
                    .json()
                    .at("/unresolved/0")
                    .longValue();

            assertThat(send("PATCH", "/books/" + isbn + "?resolved=" + theirs, "{'price':15}", "If-Match", read)
                            .isOk()
                            .text())
                    .contains("\"price\":15");
        }

        @Test
        void meets_effects_on_the_book() {
            String read = add().header("ETag");
            client.rebase(json("{'base':'@0','history':[{'effect':{'reason':'recalled','trigger':{'kind':'Book','id':'"
                            + isbn + "'}}}]}"))
                    .isOk();

            assertThat(patch(read, "{'price':15}").isProblem(409).text()).contains("\"reason\":\"recalled\"");
        }

        @Test
        void with_an_empty_patch_changes_nothing() {
            String read = add().header("ETag");

            assertThat(patch(read, "{}").isOk().header("ETag")).startsWith("\"0@");
        }

        @Test
        void of_everything_is_a_put_with_the_revision() {
            String read = add().header("ETag");

            assertThat(send("PUT", "/books/" + isbn, "{'title':'Spook Country','price':8}", "If-Match", read)
                            .isOk()
                            .text())
                    .isEqualTo(json("{'price':8,'title':'Spook Country'}"));
        }

        @Test
        void of_a_book_that_is_not_there_is_not_found() {
            patch("\"@0\"", "{'price':15}").isProblem(404);
        }
    }

    @Nested
    class A_revision {

        @Test
        void is_needed() {
            add();
            send("PATCH", "/books/" + isbn, "{'price':12}").isProblem(428);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"x\"", "41@1203", "\"-1@2\"", "\"\""})
        void that_cannot_be_read_is_refused(String etag) {
            add();
            patch(etag, "{'price':12}").isProblem(400);
        }

        @Test
        void that_is_weak_never_matches() {
            String read = add().header("ETag");
            patch("W/" + read, "{'price':12}").isProblem(412);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"7\"", "\"0@999999999999\"", "\"7@1\""})
        void ahead_of_the_book_is_refused(String etag) {
            add();
            patch(etag, "{'price':12}").isProblem(422);
        }

        @Test
        void that_the_client_has_already_is_not_sent_again() {
            add();
            String read = book().header("ETag");

            assertThat(client.get("/books/" + isbn, "If-None-Match", read).status())
                    .isEqualTo(304);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "1.5"})
    void resolved_numbers_are_numbers(String number) {
        String read = add().header("ETag");
        send("PATCH", "/books/" + isbn + "?resolved=" + number, "{'price':15}", "If-Match", read)
                .isRefusedAt("resolved");
    }

    @Test
    void resolved_numbers_are_those_of_events() {
        String read = add().header("ETag");
        send("PATCH", "/books/" + isbn + "?resolved=999999999", "{'price':15}", "If-Match", read)
                .isProblem(422);
    }

    @Test
    void books_are_read_like_other_aggregates_but_not_rebased() {
        patch(add().header("ETag"), "{'price':12}").isOk();

        assertThat(client.get("/api/aggregates/Book/" + isbn).isOk().text())
                .isEqualTo(json("{'state':{'genre':'SF','price':12,'title':'Idoru'}}"));
        assertThat(client.get("/api/events?after=0&aggregate=Book:" + isbn)
                        .isOk()
                        .json())
                .hasSize(2);
        client.rebase(Requests.rebase(
                        client.head(),
                        Requests.action(isbn, "'price':1")
                                .replace("'book'", "'Book'")
                                .replace("\"book\"", "\"Book\"")))
                .isProblem(400);
    }
}
