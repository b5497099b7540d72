package dev.coherence.spring.boot;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Starts applications as users do: with every auto-configuration that is on the class path. */
final class TestApplication {

    private final List<Class<?>> sources = new ArrayList<>(List.of(Minimal.class));
    private final List<String> properties = new ArrayList<>(List.of(
            "axon.axonserver.enabled=false",
            "axon.update-check.disabled=true",
            "axon.serializer.general=jackson",
            "axon.serializer.events=jackson",
            "axon.serializer.messages=jackson"));

    private TestApplication() {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Minimal {}

    static TestApplication with(TestDatabase database) {
        return new TestApplication().with(database.properties());
    }

    /** Has no JPA, as far as beans are concerned. */
    static TestApplication withJdbc(TestDatabase database) {
        return with(database)
                .with(
                        "spring.autoconfigure.exclude=org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration");
    }

    static TestApplication withJpa(TestDatabase database) {
        return with(database).with("spring.jpa.open-in-view=false");
    }

    static TestApplication withoutDatabase() {
        return new TestApplication()
                .with(
                        "spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration");
    }

    /** Later values win. */
    TestApplication with(String... more) {
        properties.addAll(List.of(more));
        return this;
    }

    TestApplication with(Class<?> configuration) {
        sources.add(configuration);
        return this;
    }

    ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties(properties.toArray(String[]::new))
                .run();
    }
}
