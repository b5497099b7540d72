package dev.coherence.samples.bookstore;

import static dev.coherence.samples.bookstore.Client.encoded;
import static dev.coherence.samples.bookstore.Client.unique;
import static dev.coherence.samples.bookstore.Requests.action;
import static dev.coherence.samples.bookstore.Requests.json;
import static dev.coherence.samples.bookstore.Requests.rebase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.samples.bookstore.Client.Answer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

@OnEveryDatabase
class AggregateTest {

    private final Client client;
    private final String book = unique("Neuromancer");

    AggregateTest(Database database) {
        client = database.client();
    }

    private void append(String history) {
        client.rebase(rebase(client.head(), history)).isOk();
    }

    private Answer state(String id, String... headers) {
        return client.get("/api/aggregates/book/" + encoded(id), headers);
    }

    @Nested
    class The_state {

        @Test
        void is_what_all_patches_together_make() {
            append(action(book, "'author':'William Gibson','address.city':'x','genre':'SF'"));
            append(action(book, "'x':1").replace("'assoc':{'x':1}", "'assoc':{'address.zip':1},'dissoc':['genre']"));

            assertThat(state(book).isOk().text())
                    .isEqualTo(json("{'state':{'address':{'city':'x','zip':1},'author':'William Gibson'}}"));
        }

        @ParameterizedTest
        @CsvSource({
            "1.50, 1.5",
            "1.0, 1",
            "-0.0, 0",
            "1e2, 100",
            "9007199254740993, 9007199254740993",
            "123456789012345678901234567890, 123456789012345678901234567890",
            "0.1000000000000000055511151231257827, 0.1000000000000000055511151231257827",
            "1E400, 1E+400"
        })
        void keeps_every_digit_of_a_number(String sent, String shown) {
            append(action(book, "'n':" + sent));

            assertThat(state(book).isOk().text()).isEqualTo("{\"state\":{\"n\":" + shown + "}}");
        }

        @Test
        void keeps_nulls_lists_and_empty_things() {
            String values = "'a':null,'b':[1,[],{}],'c':{'d':''},'e':false";
            append(action(book, values));

            assertThat(state(book).isOk().text()).isEqualTo(json("{'state':{" + values + "}}"));
        }

        @Test
        void keeps_unicode() {
            append(action(book, "'title':'Нейромант 神経 \\ud83d\\udcd6 \\u0000\\u2028'"));

            assertThat(state(book).isOk().json().at("/state/title").stringValue())
                    .isEqualTo("Нейромант 神経 \uD83D\uDCD6 \0\u2028");
        }

        @Test
        void keeps_keys_with_dots_apart_from_paths() {
            append(action(book, "'x':1")
                    .replace("{'x':1}", "[{'path':['a.b','c'],'value':1},{'path':'a.b','value':2}]"));

            assertThat(state(book).isOk().text()).isEqualTo(json("{'state':{'a':{'b':2},'a.b':{'c':1}}}"));
            assertThat(client.get("/api/events?aggregate=book:" + book)
                            .isOk()
                            .json()
                            .at("/0/action/patch/assoc")
                            .toString())
                    .isEqualTo(json("[{'path':'a.b','value':2},{'path':['a.b','c'],'value':1}]"));
        }

        @Test
        void of_what_never_existed_is_not_found() {
            state(book).isProblem(404);
        }
    }

    @Nested
    class The_ETag {

        private String base(Answer answer) {
            String tag = answer.isOk().header("ETag");
            assertThat(tag).startsWith("\"").endsWith("\"");
            return tag.substring(1, tag.length() - 1);
        }

        @Test
        void is_a_base_for_a_change_to_this_aggregate() {
            append(action(book, "'a':1"));
            String base = base(state(book));

            client.rebase(rebase(base, action(book, "'a':2"))).isOk();
            client.rebase(rebase(base, action(book, "'a':3"))).isProblem(409);
        }

        @Test
        void with_its_version_is_refused_for_a_history_of_several() {
            append(action(book, "'a':1"));
            String base = base(state(book));

            client.rebase(rebase(base, action(book, "'a':2") + "," + action(unique("Count Zero"), "'a':1")))
                    .isRefusedAt("base");
        }

        @Test
        void says_that_nothing_has_changed() {
            append(action(book, "'a':1"));
            String tag = state(book).header("ETag");

            Answer unchanged = state(book, "If-None-Match", "\"other\", W/" + tag);
            append(action(book, "'a':2"));
            Answer changed = state(book, "If-None-Match", tag);

            assertThat(unchanged.status()).isEqualTo(304);
            assertThat(unchanged.text()).isEmpty();
            assertThat(unchanged.header("ETag")).isEqualTo(tag);
            changed.isOk();
        }
    }

    @Nested
    class An_id {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a:b",
                    "a/b",
                    "/",
                    "//x/",
                    "a\\b",
                    "a;b=c",
                    "a%2Fb",
                    "a%b",
                    "..",
                    ".",
                    "a b",
                    " ",
                    "+",
                    "a?b#c",
                    "神経 книга 📖",
                    "'; drop table domainevententry; --",
                    "a\"b",
                    "a'b",
                    "a\nb\t",
                    "a,b",
                    "a!b",
                    "<script>",
                    "ﬀ é é",
                    "A",
                    "a"
                })
        void may_have_any_character_and_comes_back_unchanged(String odd) {
            String id = odd.length() > 2 ? unique(odd) : odd + unique("~");
            String quoted = JsonNodeFactory.instance.stringNode(id).toString();
            client.rebase(rebase("@0", "").replace("[]", "[" + quotedAction(quoted) + "]"))
                    .isOk();

            state(id).isOk();
            assertThat(client.get("/api/events?aggregate=" + encoded("book:" + id))
                            .isOk()
                            .json()
                            .at("/0/action/aggregate/id")
                            .stringValue())
                    .isEqualTo(id);
            client.get("/api/conflicts?base=@0&aggregate=" + encoded("book:" + id))
                    .isOk();
        }

        @ParameterizedTest
        @ValueSource(strings = {"..", ".", "/", " ", "%"})
        void may_be_nothing_but_such_a_character(String id) {
            String kind = unique("shelf");
            client.rebase(rebase(
                            "@0",
                            action("x", "'a':1")
                                    .replace("'kind':'book','id':'x'", "'kind':'" + kind + "','id':'" + id + "'")))
                    .isOk();

            client.get("/api/aggregates/" + kind + "/" + encoded(id).replace(".", "%2E"))
                    .isOk();
        }

        @Test
        void may_have_a_semicolon_that_is_not_encoded_in_the_address() {
            append(action(book + ";x=1", "'a':1"));

            client.get("/api/aggregates/book/" + book + ";x=1").isOk();
            client.get("/api/aggregates/book/" + book).isProblem(404);
        }

        @Test
        void of_one_kind_is_not_the_same_id_of_another() {
            append(action(book, "'a':1"));

            client.get("/api/aggregates/shelf/" + book).isProblem(404);
        }

        @Test
        void and_kind_may_both_have_colons_without_being_confused() {
            String kind = "book:" + book;
            append(action("1", "'a':1").replace("'kind':'book'", "'kind':'" + kind + "'"));

            client.get("/api/aggregates/" + encoded(kind) + "/1").isOk();
            client.get("/api/aggregates/book/" + encoded(book + ":1")).isProblem(404);
        }

        private static String quotedAction(String quotedId) {
            return json(action("ID", "'a':1")).replace("\"ID\"", quotedId);
        }
    }
}
