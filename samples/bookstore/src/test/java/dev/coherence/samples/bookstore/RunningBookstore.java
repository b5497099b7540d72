package dev.coherence.samples.bookstore;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole application, on a free port. */
final class RunningBookstore implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private RunningBookstore(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningBookstore start(String... settings) {
        String[] all = Stream.concat(Stream.of("--server.port=0", "--spring.main.banner-mode=off"), Stream.of(settings))
                .toArray(String[]::new);
        return new RunningBookstore(SpringApplication.run(BookstoreApplication.class, all));
    }

    static RunningBookstore startOn(EmbeddedPostgres postgres) {
        return start(
                "--spring.profiles.active=postgres",
                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=postgres");
    }

    Client client() {
        return new Client(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
