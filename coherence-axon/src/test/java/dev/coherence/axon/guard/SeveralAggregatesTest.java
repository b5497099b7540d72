package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.ConflictReport;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.axon.conflict.ReportedConflict;
import dev.coherence.axon.guard.Events.BookRevised;
import dev.coherence.axon.guard.Events.BookShelved;
import dev.coherence.revision.Revision;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One command that changes several aggregates, through their repositories. */
class SeveralAggregatesTest extends OnEveryStore {

    record Open(@TargetAggregateIdentifier String isbn) {}

    record Change(@TargetAggregateIdentifier String isbn) {}

    /** Loads all, changes some, makes some. */
    record Rearrange(@TargetRevision Revision base, List<String> loaded, List<String> changed, List<String> made) {}

    static class Account {
        @AggregateIdentifier
        String isbn;

        Account() {}

        Account(String isbn) {
            apply(new BookRevised(isbn, "made", 0L));
        }

        @CommandHandler
        Account(Open command) {
            this(command.isbn());
        }

        @CommandHandler
        void handle(Change command) {
            change();
        }

        void change() {
            apply(new BookShelved(isbn, "changed"));
        }

        @EventSourcingHandler
        void on(BookRevised event) {
            isbn = event.isbn;
        }
    }

    /** A handler outside of aggregates. */
    record Rearranger(Configuration configuration) {

        @CommandHandler
        void handle(Rearrange command) throws Exception {
            Repository<Account> accounts = configuration.repository(Account.class);
            command.loaded().forEach(accounts::load);
            command.changed().forEach(id -> accounts.load(id).execute(Account::change));
            for (String id : command.made()) {
                accounts.newInstance(() -> new Account(id));
            }
        }
    }

    @Override
    void configure(Configurer configurer) {
        configurer.configureAggregate(Account.class).registerCommandHandler(Rearranger::new);
    }

    private String opened() {
        String id = newId();
        send(new Open(id));
        return id;
    }

    @Nested
    class A_position {

        @Test
        void is_the_base_of_all() {
            String one = opened();
            String other = opened();
            Revision base = app.head();
            send(new Change(one));
            send(new Change(other));

            ConflictReport report =
                    conflictOf(() -> send(new Rearrange(base, List.of(), List.of(one, other), List.of())));
            assertThat(report.unresolved()).containsExactly(number("Account", one, 1), number("Account", other, 1));
            assertThat(report.conflicts())
                    .extracting(ReportedConflict::aggregate)
                    .extracting("id")
                    .containsExactly(one, other);
        }

        @Test
        void is_refused_if_one_of_them_has_changed() {
            String one = opened();
            String other = opened();
            Revision base = app.head();
            send(new Change(other));

            assertThat(conflictOf(() -> send(new Rearrange(base, List.of(), List.of(one, other), List.of(newId()))))
                            .unresolved())
                    .containsExactly(number("Account", other, 1));
            assertThat(events(one)).hasSize(1);
        }

        @Test
        void passes_if_none_has() {
            String one = opened();
            String other = opened();
            String made = newId();
            send(new Rearrange(app.head(), List.of(), List.of(one, other), List.of(made)));

            assertThat(events(one)).hasSize(2);
            assertThat(events(other)).hasSize(2);
            assertThat(events(made)).hasSize(1);
        }

        @Test
        void says_nothing_of_aggregates_that_are_only_loaded() {
            String one = opened();
            String other = opened();
            Revision base = app.head();
            send(new Change(other));
            send(new Rearrange(base, List.of(other), List.of(one), List.of()));

            assertThat(events(one)).hasSize(2);
        }

        @Test
        void can_be_overridden_for_one_of_them_by_its_numbers() {
            String one = opened();
            String other = opened();
            Revision base = app.head();
            send(new Change(other));
            long seen = number("Account", other, 1);
            app.send(
                    new Rearrange(base, List.of(), List.of(one, other), List.of()),
                    MetaData.with("coherence-resolved", List.of(seen)));

            assertThat(resolutions(one).listed()).isEmpty();
            assertThat(resolutions(other).listed()).containsExactly(seen);
        }
    }

    @Nested
    class A_version {

        @Test
        void is_refused_where_several_existing_ones_change() {
            String one = opened();
            String other = opened();

            assertThat(failureOf(
                            InvalidCommandException.class,
                            () -> send(new Rearrange(current(one), List.of(), List.of(one, other), List.of()))))
                    .hasMessageContaining("has a version, which belongs to one aggregate")
                    .hasMessageContaining("Account:" + one)
                    .hasMessageContaining("Account:" + other);
        }

        @Test
        void is_that_of_the_one_that_changes() {
            String one = opened();
            String other = opened();
            send(new Change(other));
            String made = newId();
            send(new Rearrange(Revision.ofVersion(0), List.of(other), List.of(one), List.of(made)));
            assertThat(events(one)).hasSize(2);

            assertThat(conflictOf(() ->
                                    send(new Rearrange(Revision.ofVersion(0), List.of(one), List.of(other), List.of())))
                            .unresolved())
                    .containsExactly(number("Account", other, 1));
        }
    }

    @Nested
    class Without_a_revision {

        @Test
        void nothing_is_checked() {
            String one = opened();
            String other = opened();
            send(new Rearrange(null, List.of(), List.of(one, other), List.of()));

            assertThat(events(one)).hasSize(2);
            assertThat(events(other)).hasSize(2);
        }
    }
}
