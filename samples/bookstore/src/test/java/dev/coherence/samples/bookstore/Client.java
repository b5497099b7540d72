package dev.coherence.samples.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** Speaks HTTP to a running bookstore. */
final class Client {

    private static final AtomicLong NAMES = new AtomicLong();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    Client(int port) {
        this.port = port;
    }

    int port() {
        return port;
    }

    /** A name that nothing in the store has yet. */
    static String unique(String name) {
        return name + "-" + NAMES.incrementAndGet();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    Answer rebase(String json) {
        return send("POST", "/api/rebase", BodyPublishers.ofString(json), "Content-Type", "application/json");
    }

    Answer send(String method, String path, BodyPublisher body, String... headers) {
        return new Answer(send(request(method, path, body, headers), BodyHandlers.ofString()));
    }

    /** The body of an answer as it comes in. */
    InputStream stream(String path, String... headers) {
        return send(request("GET", path, BodyPublishers.noBody(), headers), BodyHandlers.ofInputStream())
                .body();
    }

    private HttpRequest request(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, body);
        return headers.length == 0 ? request.build() : request.headers(headers).build();
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The revision that the store has right now, as a client reads it: before it reads what it will change. */
    String head() {
        return get("/api/events?kind=none").header(EventsController.REVISION);
    }

    long sequenceNumber() {
        return get("/api/sequence-number").json().path("sequenceNumber").longValue();
    }

    /** What a server answered. */
    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String text() {
            return response.body();
        }

        JsonNode json() {
            return JsonText.parse(text().getBytes(StandardCharsets.UTF_8));
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        Answer isOk() {
            assertThat(status()).as(text()).isEqualTo(200);
            assertThat(header("Content-Type")).startsWith("application/json");
            return this;
        }

        /** It is a problem document with this status, and shows nothing of the inside. */
        Answer isProblem(int status) {
            assertThat(status()).as(text()).isEqualTo(status);
            assertThat(header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(json().path("status").intValue()).isEqualTo(status);
            assertThat(json().path("type").stringValue()).isNotEmpty();
            assertThat(json().path("title").stringValue()).isNotEmpty();
            assertThat(json().path("detail").stringValue()).isNotEmpty();
            assertThat(text()).doesNotContainIgnoringCase("select ", "insert ", "exception", "at java.", "\tat ");
            return this;
        }

        /** It refuses the request because of what is at this place. */
        Answer isRefusedAt(String place) {
            isProblem(400);
            assertThat(json().path("errors")
                            .valueStream()
                            .map(error -> error.path("place").stringValue()))
                    .as(text())
                    .contains(place);
            return this;
        }
    }
}
