package dev.coherence.spring.boot.web;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What holds over HTTP with either framework and either Jackson. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class WebContract {

    private WebServer server;
    private WebServer serverWithOwnAnswers;

    abstract WebServer start(Class<?>... more);

    @BeforeAll
    void startServers() {
        server = start();
        serverWithOwnAnswers = start(OwnAxonAnswers.class, OwnAxonAnswers.Controller.class);
    }

    @AfterAll
    void stopServers() {
        server.close();
        serverWithOwnAnswers.close();
    }

    @Nested
    class Headers extends HeaderContract {

        @Override
        WebServer server() {
            return server;
        }
    }

    @Nested
    class Failures extends FailureContract {

        @Override
        WebServer server() {
            return server;
        }
    }

    @Nested
    class Own_answers extends OwnAnswersContract {

        @Override
        WebServer server() {
            return serverWithOwnAnswers;
        }
    }
}
