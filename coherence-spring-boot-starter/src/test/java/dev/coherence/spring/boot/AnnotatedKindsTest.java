package dev.coherence.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.axon.storage.StreamNames;
import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

class AnnotatedKindsTest {

    private static TestDatabase database;
    private static ConfigurableApplicationContext context;

    @BeforeAll
    static void start() {
        database = TestDatabase.h2LikePostgres().withAxonTables();
        context = TestApplication.withJdbc(database).with(Aggregates.class).start();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void are_the_types_of_aggregates() {
        StreamNames names = context.getBean(StreamNames.class);
        assertThat(new String[] {"Order", "customer", "Vehicle", "Plain"}).allMatch(names::isAnnotated);
        assertThat(new String[] {"order", "Customer", "book"}).noneMatch(names::isAnnotated);
    }

    @Test
    void of_classes_below_an_aggregate_are_the_kind_of_their_root() {
        StreamNames names = context.getBean(StreamNames.class);
        assertThat(names.kindOf("Car")).isEqualTo("Vehicle");
        assertThat(names.isAnnotatedType("Car")).isTrue();
        assertThat(names.typesOf("Vehicle")).containsExactlyInAnyOrder("Vehicle", "Car");
    }

    @Test
    void are_refused_by_rebase() {
        assertThatThrownBy(() -> Shelf.of(context)
                        .coherence()
                        .rebase(Revision.at(0))
                        .action(a -> a.reason("change")
                                .actor("user", "alice")
                                .aggregate("customer", "7")
                                .assoc("name", "Bob"))
                        .execute())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("annotated aggregate");
    }

    @Test
    void keep_their_raw_identifiers_beside_plain_ones() {
        context.getBean(CommandGateway.class).sendAndWait(new Register("8", "Ann"));
        Shelf.of(context).add("Neuromancer");

        assertThat(database.query(
                        "SELECT type || ' ' || aggregateIdentifier FROM DomainEventEntry ORDER BY globalIndex"))
                .containsExactly("customer 8", "book book:Neuromancer");
    }

    @Import({Order.class, Customer.class, Vehicle.class, Car.class})
    static class Aggregates {

        @Bean
        ConfigurerModule plainAggregate() {
            return configurer -> configurer.configureAggregate(AggregateConfigurer.defaultConfiguration(Plain.class));
        }
    }

    record Register(@TargetAggregateIdentifier String id, String name) {}

    record Registered(String id, String name) {}

    @Aggregate
    static class Order {
        @AggregateIdentifier
        String id;
    }

    @Aggregate(type = "customer")
    static class Customer {
        @AggregateIdentifier
        String id;

        Customer() {}

        @CommandHandler
        Customer(Register command) {
            AggregateLifecycle.apply(new Registered(command.id(), command.name()));
        }

        @EventSourcingHandler
        void on(Registered event) {
            id = event.id();
        }
    }

    @Aggregate
    abstract static class Vehicle {
        @AggregateIdentifier
        String id;
    }

    @Aggregate
    static class Car extends Vehicle {}

    @AggregateRoot
    static class Plain {
        @AggregateIdentifier
        String id;
    }
}
