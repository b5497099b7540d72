package dev.coherence.spring.boot;

import static java.util.stream.Collectors.toMap;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs an application in a class loader without JPA. Hiding the classes is not enough: Spring Boot orders by what it finds
 * as files, and a JPA auto-configuration that is not even used would bring Axon's into order.
 */
final class JdbcOnlyClassPath {

    private static final List<String> JPA = List.of(
            "hibernate-", "spring-boot-hibernate-", "spring-boot-jpa-", "spring-orm-", "jakarta.persistence-api-");

    private JdbcOnlyClassPath() {}

    /** Starts and stops an application, and returns the classes of its beans of the types that a store needs. */
    static Map<String, String> beansOf(String... properties) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            return start(loader, properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> start(ClassLoader loader, String... properties) {
        try {
            return (Map<String, String>) loader.loadClass(Program.class.getName())
                    .getMethod("beans", String[].class)
                    .invoke(null, (Object) properties);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URL[] classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> JPA.stream().noneMatch(path.getFileName().toString()::startsWith))
                .map(JdbcOnlyClassPath::url)
                .toArray(URL[]::new);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What runs in the other class loader; only types of the JDK cross over. */
    public static final class Program {

        private Program() {}

        public static Map<String, String> beans(String... properties) {
            try (ConfigurableApplicationContext context = TestApplication.with(
                            TestDatabase.h2LikePostgres().withAxonTables())
                    .with(properties)
                    .start()) {
                return Stream.of(
                                EventStore.class,
                                EventBus.class,
                                EventStorageEngine.class,
                                TransactionManager.class,
                                TokenStore.class)
                        .collect(toMap(
                                Class::getSimpleName,
                                type -> context.getBeansOfType(type).values().stream()
                                        .map(bean -> bean.getClass().getSimpleName())
                                        .findFirst()
                                        .orElse("none"),
                                (one, other) -> one,
                                TreeMap::new));
            }
        }
    }
}
