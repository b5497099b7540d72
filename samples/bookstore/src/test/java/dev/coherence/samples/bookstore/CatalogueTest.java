package dev.coherence.samples.bookstore;

import static dev.coherence.samples.bookstore.CatalogueClient.converted;
import static dev.coherence.samples.bookstore.CatalogueClient.decimal;
import static dev.coherence.samples.bookstore.CatalogueClient.revision;
import static dev.coherence.samples.bookstore.Client.unique;
import static dev.coherence.samples.bookstore.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.revision.Revision;
import dev.coherence.samples.bookstore.Client.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@OnEveryDatabase
class CatalogueTest {

    private final Client client;
    private final CatalogueClient books;
    private final String isbn = unique("978");

    CatalogueTest(Database database) {
        client = database.client();
        books = new CatalogueClient(client);
    }

    private void showsConverted(Answer entry, String price, BigDecimal rate) {
        assertThat(decimal(entry.json(), "price")).isEqualByComparingTo(price);
        assertThat(decimal(entry.json(), "rate")).isEqualByComparingTo(rate);
        assertThat(decimal(entry.json(), "converted")).isEqualByComparingTo(converted(new BigDecimal(price), rate));
    }

    @Nested
    class A_book {

        @Test
        void is_shown_with_its_price_in_dollars() {
            BigDecimal rate = books.rate();
            String etag = books.add(isbn, "9.50");

            Answer entry = books.upToDate(isbn);

            assertThat(entry.isOk().text())
                    .isEqualTo(json("{'isbn':'" + isbn + "','title':'Idoru','genre':'SF','price':9.5,'currency':'USD',"
                            + "'rate':" + rate + ",'converted':"
                            + converted(new BigDecimal("9.5"), rate)
                                    .stripTrailingZeros()
                                    .toPlainString()
                            + ",'revision':'" + revision(entry) + "'}"));
            assertThat(revision(entry).version()).hasValue(0);
            books.patch(isbn, etag, "{}").isOk();
        }

        @Test
        void is_shown_as_it_was_revised() {
            String etag = books.add(isbn, "9.5");
            etag = books.patch(isbn, etag, "{'title':'Spook Country','price':12}")
                    .header("ETag");
            books.patch(isbn, etag, "{'genre':null}").isOk();

            Answer entry = books.upToDate(isbn);

            showsConverted(entry, "12", books.rate());
            assertThat(entry.json().path("title").stringValue()).isEqualTo("Spook Country");
            assertThat(entry.json().has("genre")).isFalse();
            assertThat(revision(entry).version()).hasValue(2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "12", "0.005", "1E+400", "1E-400", "123456789012345678901234567890.123456789"})
        void is_shown_whatever_its_price_is(String price) {
            books.add(isbn, price);

            assertThat(decimal(books.upToDate(isbn).isOk().json(), "price")).isEqualByComparingTo(price);
        }

        @Test
        void that_nobody_has_added_is_not_found() {
            books.entry(isbn).isProblem(404);
        }

        @Test
        void is_not_sent_again_to_a_client_that_has_it() {
            books.add(isbn, "9.5");
            String read = books.upToDate(isbn).header("ETag");

            assertThat(client.get("/catalogue/" + isbn, "If-None-Match", read).status())
                    .isEqualTo(304);
        }
    }

    @Nested
    class After_a_rate_has_changed {

        @Test
        void all_books_show_the_new_price() {
            List<String> isbns = Stream.generate(() -> unique("978")).limit(25).toList();
            isbns.forEach(each -> books.add(each, "9.5"));
            isbns.forEach(books::upToDate);

            BigDecimal rate = books.changeRate();

            isbns.forEach(each -> showsConverted(books.upToDate(each), "9.5", rate));
        }

        @Test
        void the_revision_of_a_book_has_advanced_beyond_the_effect() {
            books.add(isbn, "9.5");
            Revision before = revision(books.upToDate(isbn));

            books.changeRate();

            long effect = books.lastNumber(isbn);
            Revision after = revision(books.upToDate(isbn));
            assertThat(before.seesNumber(effect)).isFalse();
            assertThat(after.seesNumber(effect)).isTrue();
            assertThat(after.version()).hasValue(0);
        }

        @Test
        void a_revision_from_before_is_in_conflict_with_the_effect_and_the_one_after_it_is_not() {
            books.add(isbn, "9.5");
            String before = books.upToDate(isbn).header("ETag");

            books.changeRate();

            Answer refused = books.patch(isbn, before, "{'price':12}").isProblem(409);
            assertThat(refused.json().at("/conflicts/0/theirs/effect").toString())
                    .isEqualTo(json("{'reason':'rate-changed','trigger':{'kind':'rate','id':'USD'}}"));
            String after = books.upToDate(isbn).header("ETag");
            books.patch(isbn, after, "{'price':12}").isOk();
            showsConverted(books.upToDate(isbn), "12", books.rate());
        }

        @Test
        void changes_of_books_that_come_during_the_replay_are_neither_lost_nor_doubled() {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            List<String> isbns = Stream.generate(() -> unique("978")).limit(60).toList();
            isbns.forEach(each -> books.add(each, "1"));

            BigDecimal rate = BigDecimal.ONE;
            for (int round = 0; round < 4; round++) {
                rate = books.changeRate();
                for (int i = 0; i < 15; i++) {
                    String each = isbns.get(random.nextInt(isbns.size()));
                    String etag = client.get("/books/" + each).header("ETag");
                    books.patch(each, etag, "{'price':" + random.nextInt(100) + "}")
                            .isOk();
                }
            }

            for (String each : isbns) {
                Answer entry = books.upToDate(each);
                Answer book = client.get("/books/" + each);
                assertThat(revision(entry).version())
                        .as("seed %s", seed)
                        .isEqualTo(revision(book).version());
                showsConverted(entry, decimal(book.json(), "price").toPlainString(), rate);
            }
        }
    }

    @Nested
    class A_page {

        private List<String> all(int limit) {
            List<String> found = new ArrayList<>();
            JsonNode page = client.get("/catalogue?limit=" + limit).isOk().json();
            while (!page.isEmpty()) {
                assertThat(page.size()).isLessThanOrEqualTo(limit);
                page.forEach(entry -> found.add(entry.path("isbn").stringValue()));
                String last = Client.encoded(found.get(found.size() - 1));
                page = client.get("/catalogue?limit=" + limit + "&after=" + last)
                        .isOk()
                        .json();
            }
            return found;
        }

        @Test
        void leads_to_the_next_until_every_book_was_shown_once() {
            List<String> isbns = IntStream.range(0, 7)
                    .mapToObj(i -> unique("page é&"))
                    .map(Client::encoded)
                    .toList();
            isbns.forEach(each -> books.add(each, "1"));
            isbns.forEach(books::upToDate);

            List<String> found = all(3);

            assertThat(found).doesNotHaveDuplicates();
            assertThat(found.stream().map(Client::encoded)).containsAll(isbns);
            assertThat(all(100)).isEqualTo(found);
        }

        @Test
        void shows_the_same_as_the_entry_itself() {
            books.add(isbn, "9.5");
            Answer entry = books.upToDate(isbn);

            JsonNode page = client.get("/catalogue?limit=100&after=" + isbn.substring(0, isbn.length() - 1))
                    .isOk()
                    .json();

            assertThat(page).contains(entry.json());
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "101", "1.5", "x", "", "99999999999"})
        void has_a_limit_from_1_to_100(String limit) {
            client.get("/catalogue?limit=" + limit).isRefusedAt("limit");
        }

        @Test
        void refuses_other_parameters_and_what_is_no_isbn() {
            client.get("/catalogue?page=2").isRefusedAt("page");
            client.get("/catalogue?after=").isRefusedAt("after");
            client.get("/catalogue?after=%00").isRefusedAt("after");
            client.get("/catalogue/%FF").isProblem(400);
            client.get("/catalogue/a:b").isRefusedAt("isbn");
        }
    }
}
