package dev.coherence.spring.boot.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A web application without events, as one is that sends its commands elsewhere; and a client of it. */
final class WebServer implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ConfigurableApplicationContext context;
    private final String address;

    private WebServer(ConfigurableApplicationContext context) {
        this.context = context;
        this.address = "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    /** What null, what is empty and what is a number are settings that no problem document may depend on. */
    static WebServer start(WebApplicationType type, Class<?> functional, Class<?>[] more, String... properties) {
        return new WebServer(new SpringApplicationBuilder(Application.class, functional)
                .sources(more)
                .web(type)
                .bannerMode(Banner.Mode.OFF)
                .properties(
                        "server.port=0",
                        "spring.jackson.default-property-inclusion=non_empty",
                        "spring.jackson.property-naming-strategy=SNAKE_CASE",
                        "axon.axonserver.enabled=false",
                        "axon.update-check.disabled=true",
                        "axon.serializer.general=jackson",
                        "spring.autoconfigure.exclude=dev.coherence.spring.boot.CoherenceAutoConfiguration,"
                                + "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration,"
                                + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
                .properties(properties)
                .run());
    }

    /** Names and values of headers in turn. */
    HttpResponse<String> send(String method, String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).method(method, BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({
        BookController.class,
        FailingController.class,
        FailingController.WithCatchAll.class,
        FailingController.CatchAll.class,
        FailingController.WithCareful.class,
        FailingController.Careful.class,
        OrderedAdvice.class,
        OrderedAdvice.Controller.class,
        Commands.class
    })
    static class Application {

        @Bean
        Commands.Handler handler() {
            return new Commands.Handler();
        }
    }
}
