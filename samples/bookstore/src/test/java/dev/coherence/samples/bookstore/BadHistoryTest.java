package dev.coherence.samples.bookstore;

import static dev.coherence.samples.bookstore.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.samples.bookstore.Client.Answer;
import java.util.Collections;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with the changes that a request wants to make. */
@OnEveryDatabase
class BadHistoryTest extends NothingStored {

    BadHistoryTest(Database database) {
        super(database);
    }

    @Nested
    class A_history {

        @Test
        void must_not_be_empty() {
            send("").isRefusedAt("history");
        }

        @Test
        void must_not_be_too_long() {
            send(String.join(",", Collections.nCopies(1001, ENTRY))).isRefusedAt("history");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "null", "1", "'x'"})
        void must_be_an_array(String history) {
            client.rebase(json("{'base':'@0','history':" + history + "}")).isRefusedAt("history");
        }

        @Test
        void must_have_either_an_action_or_an_effect_in_each_entry() {
            send(ENTRY + ",{}").isRefusedAt("history[1].action");
            sendWith("'triggers':[]", "'effect':{}").isRefusedAt("history[0]");
            send("null").isRefusedAt("history[0]");
        }

        @Test
        void must_not_give_triggers_to_an_effect() {
            send("{'effect':{'reason':'x','trigger':{'kind':'k','id':'1'}},'triggers':[]}")
                    .isRefusedAt("history[0].triggers");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'yesterday'",
                    "1",
                    "null",
                    "'2026-02-30T00:00:00Z'",
                    "'+10000-01-01T00:00:00Z'",
                    "'-0001-01-01T00:00:00Z'"
                })
        void must_have_points_in_time_as_timestamps(String timestamp) {
            sendWith("'triggers':[]", "'timestamp':" + timestamp).isRefusedAt("history[0].timestamp");
        }

        @ParameterizedTest
        @ValueSource(strings = {"''", "1", "null", "'\\u0000'", "256"})
        void must_have_names_as_sources(String source) {
            sendWith("'triggers':[]", "'source':" + source.replace("256", "'" + "x".repeat(256) + "'"))
                    .isRefusedAt("history[0].source");
        }
    }

    @Nested
    class A_patch {

        @Test
        void must_not_be_empty() {
            sendWith("'assoc':{'a':1}", "").isRefusedAt("history[0].action.patch");
            sendWith("{'a':1}", "{}").isRefusedAt("history[0].action.patch");
            sendWith("'assoc':{'a':1}", "'assoc':[],'dissoc':[]").isRefusedAt("history[0].action.patch");
        }

        @Test
        void must_not_have_a_path_both_in_assoc_and_in_dissoc() {
            sendWith("{'a':1}", "{'a':1},'dissoc':['a']").isRefusedAt("history[0].action.patch.dissoc[\"a\"]");
        }

        @Test
        void must_not_have_a_path_within_another() {
            sendWith("'a':1", "'a':1,'a.b':1").isRefusedAt("history[0].action.patch.assoc[\"a.b\"]");
        }

        @Test
        void must_not_have_a_path_twice_in_different_forms() {
            sendWith("{'a':1}", "[{'path':'a','value':1},{'path':['a'],'value':1}]")
                    .isRefusedAt("history[0].action.patch.assoc[\"a\"]");
        }

        @ParameterizedTest
        @ValueSource(strings = {"''", "'.'", "'a.'", "'a..b'", "1", "null", "[]", "['']", "[1]"})
        void must_have_paths_of_keys(String path) {
            assertThat(sendWith("'assoc':{'a':1}", "'dissoc':[" + path + "]")
                            .isProblem(400)
                            .json()
                            .at("/errors/0/place")
                            .stringValue())
                    .startsWith("history[0].action.patch.dissoc[0]");
        }

        @Test
        void must_have_keys_of_bounded_length() {
            String key = "x".repeat(256);

            assertThat(sendWith("'a':1", "'" + key + "':1")
                            .isProblem(400)
                            .json()
                            .at("/errors/0/place")
                            .stringValue())
                    .startsWith("history[0].action.patch.assoc[\"xxx");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "1                 | history[0].action.patch.assoc",
                    "[1]               | history[0].action.patch.assoc[0]",
                    "[{'path':'a'}]    | history[0].action.patch.assoc[0].value",
                    "[{'value':1}]     | history[0].action.patch.assoc[0].path",
                    "{'':1}            | history[0].action.patch.assoc['']",
                    "{'a':1e99999}     | history[0].action.patch.assoc['a']",
                    "{'a':[1,1e99999]} | history[0].action.patch.assoc['a'][1]",
                    "{'a':'\\ud800'} | history[0].action.patch.assoc['a']",
                })
        void must_have_values_that_can_be_stored(String assoc, String place) {
            sendWith("{'a':1}", assoc).isRefusedAt(json(place));
        }

        @Test
        void must_not_have_values_that_nest_too_deep() {
            Answer answer = sendWith("{'a':1}", "{'a':" + "[".repeat(65) + "]".repeat(65) + "}");

            assertThat(answer.isProblem(400).json().at("/errors/0/place").stringValue())
                    .startsWith("history[0].action.patch.assoc[\"a\"]");
        }

        @Test
        void must_not_have_numbers_of_thousands_of_digits() {
            sendWith("'a':1", "'a':" + "7".repeat(1001)).isRefusedAt("history[0].action.patch.assoc[\"a\"]");
            sendWith("'a':1", "'a':" + "7".repeat(100_000)).isRefusedAt("body");
        }
    }

    @Nested
    class A_name {

        @ParameterizedTest
        @ValueSource(strings = {"''", "1", "null", "'\\u0000'", "{}"})
        void must_be_text_that_is_not_empty(String name) {
            sendWith("'update'", name).isRefusedAt("history[0].action.reason");
            sendWith("'alice'", name).isRefusedAt("history[0].action.actor.id");
            sendWith("'book'", name).isRefusedAt("history[0].action.aggregate.kind");
            sendWith("'triggers':[]", "'triggers':[{'kind':'k','id':" + name + "}]")
                    .isRefusedAt("history[0].triggers[0].id");
        }

        @Test
        void must_not_be_too_long() {
            String name = "'" + "x".repeat(256) + "'";

            sendWith("'update'", name).isRefusedAt("history[0].action.reason");
            sendWith("'bad'", name).isRefusedAt("history[0].action.aggregate.id");
            client.get("/api/aggregates/book/" + "x".repeat(256)).isRefusedAt("id");
        }
    }
}
