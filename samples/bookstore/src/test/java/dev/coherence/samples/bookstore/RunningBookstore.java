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
        return start(BookstoreApplication.class, Stream.of(settings));
    }

    private static RunningBookstore start(Class<?> node, Stream<String> settings) {
        String[] all = Stream.concat(Stream.of("--server.port=0", "--spring.main.banner-mode=off"), settings)
                .toArray(String[]::new);
        return new RunningBookstore(SpringApplication.run(node, all));
    }

    static RunningBookstore startOn(EmbeddedPostgres postgres, String... settings) {
        return startNodeOn(postgres, BookstoreApplication.class, settings);
    }

    /** {@code node} is a configuration, which may be more than the application. */
    static RunningBookstore startNodeOn(EmbeddedPostgres postgres, Class<?> node, String... settings) {
        Stream<String> database = Stream.of(
                "--spring.profiles.active=postgres",
                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=postgres");
        return start(node, Stream.concat(database, Stream.of(settings)));
    }

    Client client() {
        return new Client(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    @Override
    public void close() {
        context.close();
    }
}
