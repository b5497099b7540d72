package dev.coherence.samples.bookstore;

import static dev.coherence.samples.bookstore.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.coherence.revision.Revision;
import dev.coherence.samples.bookstore.Client.Answer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What is done with books and rates in the tests of the catalogue. In bodies, a single quote stands for a double quote. */
record CatalogueClient(Client client) {

    Answer send(String method, String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return client.send(method, path, BodyPublishers.ofString(json(body)), all.toArray(String[]::new));
    }

    /** Adds a book, and returns its ETag. */
    String add(String isbn, String price) {
        Answer added = send(
                "PUT", "/books/" + isbn, "{'title':'Idoru','price':" + price + ",'genre':'SF'}", "If-None-Match", "*");
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        return added.header("ETag");
    }

    Answer patch(String isbn, String etag, String body) {
        return send("PATCH", "/books/" + isbn, body, "If-Match", etag);
    }

    Answer putRate(String rate, String... headers) {
        return send("PUT", "/rates/USD", "{'rate':" + rate + "}", headers);
    }

    BigDecimal rate() {
        return decimal(client.get("/rates/USD").isOk().json(), "rate");
    }

    /** Gives the rate another value, and returns that. */
    BigDecimal changeRate(String... headers) {
        BigDecimal other = rate().add(new BigDecimal("0.01"));
        putRate(other.toString(), headers).isOk();
        return other;
    }

    Answer entry(String isbn) {
        return client.get("/catalogue/" + isbn);
    }

    /** Waits until the catalogue shows the book so that nothing of it is unseen: neither an action nor an effect. */
    Answer upToDate(String isbn) {
        return await("the catalogue shows all of " + isbn)
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .until(() -> entry(isbn), entry -> entry.status() == 200 && unseen(isbn, revision(entry)) == 0);
    }

    private int unseen(String isbn, Revision base) {
        return client.get("/api/conflicts?base=" + Client.encoded(base.toString()) + "&aggregate=Book:" + isbn)
                .isOk()
                .json()
                .size();
    }

    /** The number of the last event that is a change to the book. */
    long lastNumber(String isbn) {
        JsonNode changes = client.get("/api/conflicts?base=@0&aggregate=Book:" + isbn)
                .isOk()
                .json();
        return changes.path(changes.size() - 1).path("sequenceNumber").longValue();
    }

    static Revision revision(Answer entry) {
        return Revision.parse(entry.header("ETag").replace("\"", ""));
    }

    static BigDecimal converted(BigDecimal price, BigDecimal rate) {
        return price.multiply(rate).setScale(2, RoundingMode.HALF_UP);
    }

    static BigDecimal decimal(JsonNode json, String field) {
        return json.path(field).decimalValue();
    }
}
