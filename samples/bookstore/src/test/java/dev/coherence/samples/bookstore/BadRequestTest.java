package dev.coherence.samples.bookstore;

import static dev.coherence.samples.bookstore.Requests.json;
import static dev.coherence.samples.bookstore.Requests.rebase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.samples.bookstore.Client.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a request as a whole. */
@OnEveryDatabase
class BadRequestTest extends NothingStored {

    BadRequestTest(Database database) {
        super(database);
    }

    @Nested
    class A_body {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "x",
                    "{",
                    "{'base':'@0'",
                    "{'base':'@0',}",
                    "{'base':'@0'} {}",
                    "{'base':'@0','base':'@0'}",
                    "[]",
                    "null",
                    "'text'",
                    "1",
                    "{'base':01}",
                    "{'base':NaN}",
                    "{base:1}",
                    "{'base':'\\x'}",
                    "// c\n{}",
                    "{'base':1e99999999999}"
                })
        void must_be_one_JSON_object(String body) {
            client.rebase(json(body)).isRefusedAt("body");
        }

        @Test
        void must_be_UTF8() {
            byte[] body = rebase("@0", ENTRY.replace("bad", "b\u00e4d")).getBytes(StandardCharsets.ISO_8859_1);

            client.send("POST", "/api/rebase", BodyPublishers.ofByteArray(body), "Content-Type", "application/json")
                    .isRefusedAt("body");
        }

        @Test
        void must_not_nest_without_end() {
            client.rebase("[".repeat(100_000)).isRefusedAt("body");
        }

        @Test
        void must_have_a_base_and_a_history() {
            client.rebase("{}").isRefusedAt("base").isRefusedAt("history");
        }

        @Test
        void is_told_everything_that_is_wrong_with_it_at_once() {
            Answer answer = client.rebase(json("{'base':true,'history':[{'action':{'reason':1}},{}],'x':1}"));

            for (String place : new String[] {
                "base",
                "x",
                "history[0].action.reason",
                "history[0].action.actor",
                "history[0].action.aggregate",
                "history[0].action.patch",
                "history[1].action"
            }) {
                answer.isRefusedAt(place);
            }
        }

        @Test
        void with_very_many_errors_is_told_the_first_hundred() {
            Answer answer = send(String.join(",", Collections.nCopies(1000, "1")));

            assertThat(answer.isProblem(400).json().path("errors").size()).isEqualTo(100);
            assertThat(answer.json().path("detail").stringValue()).contains("(and 999 more)");
        }

        @Test
        void is_not_sent_back_in_full() {
            Answer answer = sendWith("'reason'", "'" + "x".repeat(500_000) + "'");

            assertThat(answer.isProblem(400).text()).hasSizeLessThan(5_000);
        }
    }

    @Nested
    class An_unknown_field {

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                value = {
                    "'reason', history[0].action.foo",
                    "'kind':'user', history[0].action.actor.foo",
                    "'kind':'book', history[0].action.aggregate.foo",
                    "'assoc', history[0].action.patch.foo",
                    "'triggers', history[0].foo",
                })
        void is_refused_wherever_it_stands(String beside, String place) {
            sendWith(beside, "'foo':1," + beside).isRefusedAt(place);
        }

        @Test
        void is_refused_at_the_top() {
            client.rebase(rebase("@0", ENTRY, ",'dryrun':true")).isRefusedAt("dryrun");
        }

        @Test
        void is_named_even_if_its_name_is_odd() {
            client.rebase(rebase("@0", ENTRY, ",'a b.c':true")).isRefusedAt("[\"a b.c\"]");
        }
    }

    @Nested
    class Other_fields {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "-1",
                    "1.5",
                    "1.0",
                    "1e3",
                    "true",
                    "null",
                    "[]",
                    "99999999999999999999",
                    "''",
                    "'x'",
                    "'@-1'",
                    "'-1'",
                    "'@01'",
                    "' @1'",
                    "'@1.5'",
                    "'@99999999999999999999'",
                    "'@5-9'",
                    "'@x'"
                })
        void must_have_a_revision_as_base(String base) {
            client.rebase(rebase("BASE", ENTRY).replace("\"BASE\"", json(base))).isRefusedAt("base");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "1       | resolved",
                    "{}      | resolved",
                    "null    | resolved",
                    "[0]     | resolved",
                    "[-1]    | resolved",
                    "['1']   | resolved[0]",
                    "[1,1.5] | resolved[1]",
                    "[null]  | resolved[0]"
                })
        void must_have_numbers_as_resolved(String resolved, String place) {
            client.rebase(rebase("@0", ENTRY, ",'resolved':" + resolved)).isRefusedAt(place);
        }

        @ParameterizedTest
        @ValueSource(strings = {"1", "'true'", "null", "{}"})
        void must_have_true_or_false_as_dryRun(String dryRun) {
            client.rebase(rebase("@0", ENTRY, ",'dryRun':" + dryRun)).isRefusedAt("dryRun");
        }
    }

    @Nested
    class A_query {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "/api/events?after=x                        | after",
                    "/api/events?after=                         | after",
                    "/api/events?after=-1                       | after",
                    "/api/events?after=1.5                      | after",
                    "/api/events?after=@x                       | after",
                    "/api/events?after=99999999999999999999     | after",
                    "/api/events?after=0&after=1                | after",
                    "/api/events?after=3@5                      | after",
                    "/api/events?afer=0                         | afer",
                    "/api/events?aggregate=Neuromancer          | aggregate",
                    "/api/events?aggregate=                     | aggregate",
                    "/api/events?kind=                          | kind",
                    "/api/conflicts?aggregate=book:1            | base",
                    "/api/conflicts?base=@0                     | aggregate",
                    "/api/conflicts?base=x&aggregate=book:1     | base",
                    "/api/conflicts?base=@-1&aggregate=book:1   | base",
                    "/api/conflicts?base=@99999999&aggregate=book:1 | base",
                    "/api/sequence-number?after=1               | after",
                    "/api/aggregates/book/1?base=@0             | base",
                })
        void is_refused_by_the_name_of_the_parameter(String path, String place) {
            client.get(path).isRefusedAt(place);
        }

        @Test
        void must_not_try_to_ask_for_a_dry_run() {
            client.send(
                            "POST",
                            "/api/rebase?dryRun=true",
                            BodyPublishers.ofString(rebase("@0", ENTRY)),
                            "Content-Type",
                            "application/json")
                    .isRefusedAt("dryRun");
        }
    }
}
