package dev.coherence.samples.bookstore;

import static dev.coherence.samples.bookstore.Client.unique;
import static dev.coherence.samples.bookstore.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.samples.bookstore.Client.Answer;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OnEveryDatabase
class RatesTest {

    private static final String KEY = "Idempotency-Key";

    private final Client client;
    private final CatalogueClient books;

    RatesTest(Database database) {
        client = database.client();
        books = new CatalogueClient(client);
    }

    /** How many effects there are on the trigger of the rate. */
    private int effects() {
        return client.get("/api/conflicts?base=@0&aggregate=rate:USD")
                .isOk()
                .json()
                .size();
    }

    @Nested
    class A_change {

        @Test
        void is_answered_with_the_rate_and_stored_with_an_effect() {
            int before = effects();

            BigDecimal rate = books.changeRate();

            assertThat(effects()).isEqualTo(before + 1);
            assertThat(client.get("/rates/USD").isOk().text())
                    .isEqualTo(json("{'currency':'USD','rate':" + rate.stripTrailingZeros() + "}"));
        }

        @Test
        void to_the_same_rate_is_none() {
            int before = effects();

            books.putRate(books.rate() + "0").isOk();

            assertThat(effects()).isEqualTo(before);
        }

        @Test
        void with_a_key_happens_once() {
            String key = unique("key " + System.nanoTime());
            int before = effects();
            BigDecimal first = books.changeRate(KEY, key);
            BigDecimal second = books.changeRate();

            Answer again = books.putRate(first.toString(), KEY, key).isOk();

            assertThat(again.json().path("rate").decimalValue()).isEqualByComparingTo(second);
            assertThat(books.rate()).isEqualByComparingTo(second);
            assertThat(effects()).isEqualTo(before + 2);
        }

        @Test
        void with_a_key_happens_once_also_if_it_comes_several_times_at_the_same_moment() {
            String key = unique("key " + System.nanoTime());
            int before = effects();
            String rate = books.rate().add(BigDecimal.ONE).toString();

            List<Answer> answers = IntStream.range(0, 6)
                    .parallel()
                    .mapToObj(i -> books.putRate(rate, KEY, key))
                    .toList();

            answers.forEach(Answer::isOk);
            assertThat(effects()).isEqualTo(before + 1);
        }
    }

    @Nested
    class Bad_input {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{}                    | rate",
                    "{'rate':'1.1'}        | rate",
                    "{'rate':null}         | rate",
                    "{'rate':0}            | rate",
                    "{'rate':-1}           | rate",
                    "{'rate':1000000}      | rate",
                    "{'rate':1E+400}       | rate",
                    "{'rate':0.0000001}    | rate",
                    "{'rate':1,'x':1}      | x",
                    "[1]                   | body",
                    "1.1                   | body",
                    "x                     | body",
                })
        void is_refused_and_changes_nothing(String body, String place) {
            BigDecimal before = books.rate();
            long last = client.sequenceNumber();

            books.send("PUT", "/rates/USD", body).isRefusedAt(place);

            assertThat(books.rate()).isEqualByComparingTo(before);
            assertThat(client.sequenceNumber()).isEqualTo(last);
        }

        @ParameterizedTest
        @ValueSource(strings = {"EUR", "usd", "DOLLAR", "x%2Fy"})
        void as_a_currency_is_not_found(String currency) {
            long last = client.sequenceNumber();

            client.get("/rates/" + currency).isProblem(404);
            books.send("PUT", "/rates/" + currency, "{'rate':1.1}").isProblem(404);

            assertThat(client.sequenceNumber()).isEqualTo(last);
        }

        @Test
        void as_a_key_is_refused() {
            books.putRate("1.1", KEY, "k".repeat(101)).isRefusedAt(KEY);
            books.putRate("1.1", KEY, "").isRefusedAt(KEY);
            books.putRate("1.1", KEY, "a", KEY, "b").isRefusedAt(KEY);
            books.putRate("1.1", KEY, "k".repeat(100)).isOk();
        }

        @Test
        void in_the_query_is_refused() {
            client.get("/rates/USD?x=1").isRefusedAt("x");
            books.send("PUT", "/rates/USD?rate=1", "{'rate':1.1}").isRefusedAt("rate");
        }
    }
}
