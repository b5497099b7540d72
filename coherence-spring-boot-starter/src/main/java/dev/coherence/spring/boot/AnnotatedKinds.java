package dev.coherence.spring.boot;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.axonframework.common.annotation.AnnotationUtils;
import org.axonframework.config.AggregateConfiguration;
import org.axonframework.config.Configuration;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The kinds that annotated aggregate classes declare: the Axon types of all aggregates in Axon's configuration, and of the
 * annotated classes below them. Looked up at the first question and then kept, because Axon's configuration is built after
 * the beans that ask, and complete as soon as it is built. Thread-safe.
 */
final class AnnotatedKinds implements Supplier<Set<String>> {

    private final Supplier<Configuration> configuration;
    private final ListableBeanFactory beans;
    private volatile @Nullable Set<String> kinds;

    AnnotatedKinds(Supplier<Configuration> configuration, ListableBeanFactory beans) {
        this.configuration = configuration;
        this.beans = beans;
    }

    @Override
    public Set<String> get() {
        Set<String> known = kinds;
        if (known == null) {
            known = Set.copyOf(find());
            kinds = known;
        }
        return known;
    }

    private Set<String> find() {
        Set<String> found = new TreeSet<>();
        for (AggregateConfiguration<?> aggregate : configuration.get().findModules(AggregateConfiguration.class)) {
            found.add(axonType(aggregate.aggregateType()));
        }
        for (String bean : beans.getBeanNamesForAnnotation(Aggregate.class)) {
            Class<?> type = beans.getType(bean);
            if (type != null) {
                found.add(axonType(type));
            }
        }
        return found;
    }

    /** As Axon's own model of an aggregate does it. */
    private static String axonType(Class<?> aggregate) {
        return AnnotationUtils.findAnnotationAttributes(aggregate, AggregateRoot.class)
                .map(attributes -> String.valueOf(attributes.get("type")))
                .filter(type -> !type.isEmpty())
                .orElse(aggregate.getSimpleName());
    }
}
