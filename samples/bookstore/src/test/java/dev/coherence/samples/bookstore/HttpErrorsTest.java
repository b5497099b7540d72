package dev.coherence.samples.bookstore;

import static dev.coherence.samples.bookstore.Requests.action;
import static dev.coherence.samples.bookstore.Requests.rebase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.samples.bookstore.Client.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every 4xx is a problem document, whoever in the server finds out. */
@OnEveryDatabase
class HttpErrorsTest {

    private static final String JSON = "application/json";
    private static final String GOOD = rebase("@0", action("unused", "'a':1"), ",'dryRun':true");

    private final Client client;

    HttpErrorsTest(Database database) {
        client = database.client();
    }

    private Answer post(BodyPublisher body, String... headers) {
        return client.send("POST", "/api/rebase", body, headers);
    }

    @Nested
    class An_address {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/",
                    "/api",
                    "/api/",
                    "/api/x",
                    "/api/events/",
                    "/api/aggregates",
                    "/api/aggregates/book",
                    "/api/aggregates/book/",
                    "/api/aggregates/a/b/c",
                    "/error",
                    "/favicon.ico",
                    "/api/rebase/..%2Fevents"
                })
        void that_is_unknown_is_not_found(String path) {
            client.get(path).isProblem(404);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/api/aggregates/book/%FF",
                    "/api/aggregates/%C3/x",
                    "/api/events?kind=%FF",
                    "/api/events?kind=%ED%A0%80"
                })
        void that_is_not_UTF8_is_refused(String path) {
            client.get(path).isProblem(400);
        }
    }

    @Nested
    class A_method {

        @ParameterizedTest
        @CsvSource({
            "GET, /api/rebase, POST",
            "PUT, /api/rebase, POST",
            "POST, /api/events, GET",
            "DELETE, /api/aggregates/book/x, GET",
            "PATCH, /api/sequence-number, GET"
        })
        void that_does_not_fit_is_refused_with_those_that_do(String method, String path, String allowed) {
            Answer answer = client.send(method, path, BodyPublishers.ofString("{}"), "Content-Type", JSON);

            assertThat(answer.isProblem(405).header("Allow")).contains(allowed);
        }

        @ParameterizedTest
        @ValueSource(strings = {"TRACE", "NONSENSE"})
        void that_nothing_here_has_is_refused(String method) {
            client.send(method, "/api/events", BodyPublishers.noBody()).isProblem(405);
        }
    }

    @Nested
    class A_media_type {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/api/events",
                    "/api/conflicts?base=@0&aggregate=book:1",
                    "/api/sequence-number",
                    "/api/aggregates/book/1"
                })
        void that_cannot_be_answered_with_is_refused(String path) {
            client.get(path, "Accept", "text/html").isProblem(406);
            client.get(path, "Accept", "nonsense").isProblem(406);
        }

        @Test
        void that_cannot_be_answered_with_is_refused_before_anything_is_stored() {
            long before = client.sequenceNumber();
            String stores = rebase("@0", action("unused", "'a':1"));
            post(BodyPublishers.ofString(stores), "Content-Type", JSON, "Accept", "text/html")
                    .isProblem(406);
            assertThat(client.sequenceNumber()).isEqualTo(before);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "text/plain",
                    "application/xml",
                    "application/x-www-form-urlencoded",
                    "nonsense",
                    "multipart/form-data; boundary=x"
                })
        void that_is_not_JSON_is_refused(String type) {
            post(BodyPublishers.ofString(GOOD), "Content-Type", type).isProblem(415);
        }

        @Test
        void must_be_given() {
            post(BodyPublishers.ofString(GOOD)).isProblem(415);
        }

        @Test
        void may_have_parameters() {
            post(BodyPublishers.ofString(GOOD), "Content-Type", "application/json; charset=UTF-8")
                    .isOk();
        }

        @Test
        void must_not_hide_a_compressed_body() {
            post(BodyPublishers.ofString(GOOD), "Content-Type", JSON, "Content-Encoding", "gzip")
                    .isProblem(415);
        }

        @Test
        void of_an_error_is_that_of_problems_whatever_the_client_accepts() {
            post(BodyPublishers.ofString("{}"), "Content-Type", JSON, "Accept", JSON)
                    .isProblem(400);
            client.get("/api/aggregates/book/nothing", "Accept", JSON).isProblem(404);
        }
    }

    @Nested
    class A_large_body {

        private static final int TEN_MEGABYTES = 10_000_000;

        @Test
        void is_refused_by_its_length() {
            post(BodyPublishers.ofByteArray(new byte[TEN_MEGABYTES]), "Content-Type", JSON)
                    .isProblem(413);
        }

        @Test
        void is_refused_if_it_comes_in_chunks_without_a_length() {
            post(
                            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[TEN_MEGABYTES])),
                            "Content-Type",
                            JSON)
                    .isProblem(413);
        }

        @Test
        void is_accepted_up_to_the_limit() {
            String padded = GOOD + " ".repeat(JsonBody.LARGEST - GOOD.length());

            post(BodyPublishers.ofString(padded), "Content-Type", JSON).isOk();
            post(BodyPublishers.ofString(padded + " "), "Content-Type", JSON).isProblem(413);
        }
    }

    @Nested
    class What_is_hardly_HTTP {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET /api/events?kind=| HTTP/1.1\nHost: x\n\n",
                    "GET /api/aggregates/book/%zz HTTP/1.1\nHost: x\n\n",
                    "GET /api/aggregates/book/%00 HTTP/1.1\nHost: x\n\n",
                    "GET /api/aggregates/book/% HTTP/1.1\nHost: x\n\n",
                    "GET /api/aggregates/book/x\\y HTTP/1.1\nHost: x\n\n",
                    "GET /api/aggregates/book/a[1] HTTP/1.1\nHost: x\n\n",
                    "GET /../x HTTP/1.1\nHost: x\n\n",
                    "GET /api/events?kind=%zz HTTP/1.1\nHost: x\n\n",
                    "GET /api/events HTTP/1.1\n\n",
                    "GET /api/events HTTP/1.1\nHost: x\nHost: y\n\n",
                    "nonsense\n\n",
                    "POST /api/rebase HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: -1\n\n",
                    "POST /api/rebase HTTP/1.1\nHost: x\nContent-Type: application/json\nTransfer-Encoding: chunked\n\nzz\n",
                    "POST /api/rebase HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: 9\n\n{}",
                })
        void is_refused_with_a_problem_as_well(String request) throws IOException {
            assertThat(answerTo(request))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("Content-Type: application/problem+json");
        }

        @Test
        void is_a_problem_if_its_head_is_too_large() throws IOException {
            String request = "GET /api/events?kind=" + "x".repeat(20_000) + " HTTP/1.1\nHost: x\n\n";

            assertThat(answerTo(request)).startsWith("HTTP/1.1 4").contains("Content-Type: application/problem+json");
        }

        private String answerTo(String request) throws IOException {
            try (Socket socket = new Socket("localhost", client.port())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            }
        }
    }
}
