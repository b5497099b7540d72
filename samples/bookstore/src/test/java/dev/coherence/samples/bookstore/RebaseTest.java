package dev.coherence.samples.bookstore;

import static dev.coherence.samples.bookstore.Client.unique;
import static dev.coherence.samples.bookstore.Requests.action;
import static dev.coherence.samples.bookstore.Requests.json;
import static dev.coherence.samples.bookstore.Requests.key;
import static dev.coherence.samples.bookstore.Requests.keyExpired;
import static dev.coherence.samples.bookstore.Requests.linkedAction;
import static dev.coherence.samples.bookstore.Requests.rebase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.revision.Revision;
import dev.coherence.samples.bookstore.Client.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnEveryDatabase
class RebaseTest {

    private final Client client;
    private final String book = unique("Neuromancer");

    RebaseTest(Database database) {
        client = database.client();
    }

    private Answer accepted(String base, String history) {
        return client.rebase(rebase(base, history)).isOk();
    }

    private static long number(Answer answer) {
        return answer.json().at("/events/0/sequenceNumber").longValue();
    }

    @Nested
    class An_accepted_history {

        @Test
        void comes_back_with_numbers_and_the_revision_that_it_leads_to() {
            Answer answer = accepted("@0", action(book, "'genre':'Cyberpunk'") + "," + action(book, "'year':1984"));

            assertThat(answer.json().path("result").stringValue()).isEqualTo("accepted");
            long first = number(answer);
            long second = answer.json().at("/events/1/sequenceNumber").longValue();
            assertThat(second).isGreaterThan(first);
            assertThat(answer.json().path("events").size()).isEqualTo(2);
            Revision revision = Revision.parse(answer.json().path("revision").stringValue());
            assertThat(revision.position()).hasValue(second);
            assertThat(revision.seesNumber(first)).isTrue();
            assertThat(revision.unseen()).hasSizeLessThanOrEqualTo(1).allMatch(unseen -> unseen.first() == 1);
        }

        @Test
        void comes_back_as_it_was_sent() {
            String sent =
                    json("{'timestamp':'2026-01-01T00:00:00.123456789Z','source':'import','action':{'reason':'create',"
                            + "'actor':{'kind':'user','id':'alice'},'aggregate':{'kind':'book','id':'" + book + "'},"
                            + "'patch':{'assoc':{'address.city':'x','author':'William Gibson'},'dissoc':['genre']}},"
                            + "'triggers':[{'kind':'encryption-key','id':'1'}]}");

            JsonNode event = accepted("@0", sent).json().at("/events/0");

            JsonNode expected = JsonText.parse(sent.getBytes(StandardCharsets.UTF_8));
            for (String field : List.of("timestamp", "source", "action", "triggers")) {
                assertThat(event.path(field)).isEqualTo(expected.path(field));
            }
            assertThat(event.path("version").longValue()).isZero();
        }

        @Test
        void has_this_application_as_its_source_and_now_as_its_time_unless_it_says_otherwise() {
            JsonNode event = accepted("@0", action(book, "'a':1")).json().at("/events/0");

            assertThat(event.path("source").stringValue()).isEqualTo("bookstore");
            assertThat(Instant.parse(event.path("timestamp").stringValue()))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now());
        }

        @Test
        void may_be_laid_on_a_number_instead_of_a_revision() {
            String body = rebase("@0", action(book, "'a':1")).replace("\"@0\"", "0");

            client.rebase(body).isOk();
        }

        @Test
        void leads_to_the_base_of_the_next_one() {
            String revision = accepted("@0", action(book, "'a':1"))
                    .json()
                    .path("revision")
                    .stringValue();

            accepted(revision, action(book, "'a':2"));
        }

        @Test
        void leaves_what_others_did_meanwhile_unseen() {
            String other = unique("Count Zero");
            String head = client.head();
            accepted(head, action(other, "'a':1"));

            String revision = accepted(head, action(book, "'a':1"))
                    .json()
                    .path("revision")
                    .stringValue();

            client.rebase(rebase(revision, action(other, "'a':2"))).isProblem(409);
        }

        @Test
        void may_change_several_aggregates_at_once() {
            String other = unique("Count Zero");

            accepted("@0", action(book, "'a':1") + "," + action(other, "'a':1"));

            client.get("/api/aggregates/book/" + Client.encoded(book)).isOk();
            client.get("/api/aggregates/book/" + Client.encoded(other)).isOk();
        }
    }

    @Nested
    class A_conflict {

        @Test
        void shows_ours_against_theirs_for_each_path() {
            String base = accepted("@0", action(book, "'genre':'SF'"))
                    .json()
                    .path("revision")
                    .stringValue();
            long theirs = number(accepted(base, action(book, "'genre':'Cyberpunk'")));

            Answer answer =
                    client.rebase(rebase(base, action(book, "'genre':'Noir'"))).isProblem(409);

            JsonNode problem = answer.json();
            assertThat(problem.path("result").stringValue()).isEqualTo("conflicting");
            assertThat(problem.path("accepted").isArray()).isTrue();
            assertThat(problem.path("accepted").isEmpty()).isTrue();
            assertThat(problem.path("conflicts").size()).isEqualTo(1);
            assertThat(problem.at("/conflicts/0/ours/action/aggregate/id").stringValue())
                    .isEqualTo(book);
            assertThat(problem.at("/conflicts/0/theirs/sequenceNumber").longValue())
                    .isEqualTo(theirs);
            assertThat(problem.at("/conflicts/0/paths").toString())
                    .isEqualTo(json("[{'path':'genre','base':'SF','ours':'Noir','theirs':'Cyberpunk','events':["
                            + theirs + "]}]"));
        }

        @Test
        void leaves_out_what_is_absent_and_shows_null_as_a_value() {
            String base = accepted("@0", action(book, "'a':1"))
                    .json()
                    .path("revision")
                    .stringValue();
            accepted(base, action(book, "'genre':null"));
            String dissoc = action(book, "'x':1").replace("'assoc':{'x':1}", "'dissoc':['genre']");

            Answer answer = client.rebase(rebase(base, dissoc)).isProblem(409);

            JsonNode path = answer.json().at("/conflicts/0/paths/0");
            assertThat(path.has("base")).isFalse();
            assertThat(path.has("ours")).isFalse();
            assertThat(path.path("theirs").isNull()).isTrue();
        }

        @Test
        void shows_what_was_accepted_before_it_and_stores_nothing() {
            String other = unique("Count Zero");
            String base = client.head();
            accepted(base, action(book, "'genre':'SF'"));
            long before = client.sequenceNumber();

            Answer answer = client.rebase(rebase(base, action(other, "'a':1") + "," + action(book, "'genre':'Noir'")))
                    .isProblem(409);

            assertThat(answer.json().at("/accepted/0/action/aggregate/id").stringValue())
                    .isEqualTo(other);
            assertThat(client.sequenceNumber()).isEqualTo(before);
            client.get("/api/aggregates/book/" + Client.encoded(other)).isProblem(404);
        }

        @Test
        void goes_away_once_it_is_resolved() {
            long theirs = number(accepted("@0", action(book, "'genre':'SF'")));

            client.rebase(rebase("@0", action(book, "'genre':'Noir'"), ",'resolved':[" + theirs + "]"))
                    .isOk();
        }

        @Test
        void is_also_made_by_an_effect_on_a_linked_trigger() {
            String id = unique("key");
            String base = accepted("@0", linkedAction(book, "'a':1", key(id)))
                    .json()
                    .path("revision")
                    .stringValue();
            long effect = number(accepted(base, keyExpired(id)));

            Answer answer = client.rebase(rebase(base, action(book, "'a':2"))).isProblem(409);

            JsonNode conflict = answer.json().at("/conflicts/0");
            assertThat(conflict.path("paths").isEmpty()).isTrue();
            assertThat(conflict.at("/theirs/sequenceNumber").longValue()).isEqualTo(effect);
            assertThat(conflict.at("/theirs/effect").toString())
                    .isEqualTo(json("{'reason':'key-expired','trigger':{'kind':'encryption-key','id':'" + id + "'}}"));
            client.rebase(rebase(base, action(book, "'a':2"), ",'resolved':[" + effect + "]"))
                    .isOk();
        }
    }

    @Nested
    class A_dry_run {

        @Test
        void answers_like_a_real_one_and_stores_nothing() {
            long before = client.sequenceNumber();

            Answer answer = client.rebase(rebase("@0", action(book, "'a':1"), ",'dryRun':true"))
                    .isOk();

            assertThat(answer.json().path("result").stringValue()).isEqualTo("accepted");
            assertThat(number(answer)).isGreaterThan(before);
            assertThat(client.sequenceNumber()).isEqualTo(before);
            client.get("/api/aggregates/book/" + Client.encoded(book)).isProblem(404);
        }
    }

    @Nested
    class A_base_beyond_the_end {

        @Test
        void is_answered_with_the_next_number() {
            long last = client.sequenceNumber();

            Answer answer = client.rebase(rebase("@" + (last + 1), action(book, "'a':1")))
                    .isProblem(422);

            assertThat(answer.json().path("result").stringValue()).isEqualTo("invalid-base");
            assertThat(answer.json().path("nextSequenceNumber").longValue()).isEqualTo(last + 1);
            assertThat(client.sequenceNumber()).isEqualTo(last);
        }
    }

    @Nested
    class Many_at_the_same_moment {

        @Test
        void let_one_win_and_tell_the_others() {
            List<Answer> answers = IntStream.range(0, 8)
                    .parallel()
                    .mapToObj(i -> client.rebase(rebase("@0", action(book, "'a':" + i))))
                    .toList();

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() != 200)
                    .allSatisfy(answer -> assertThat(
                                    answer.isProblem(409).json().path("result").stringValue())
                            .isIn("conflicting", "write-conflict"));
        }
    }
}
