package dev.coherence.axon.guard;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.axon.annotation.ResolvedConflicts;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.guard.Events.BookRevised;
import dev.coherence.axon.guard.Events.BookShelved;
import dev.coherence.axon.guard.Events.KeysExpired;
import dev.coherence.axon.guard.Events.PaymentTaken;
import dev.coherence.axon.guard.Events.PriceRemoved;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** An ordinary aggregate, unaware of conflicts. */
class Book {

    static final String KIND = "Book";

    record Revise(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            @ResolvedConflicts @Nullable Set<Long> resolved,
            @Nullable String title,
            @Nullable Long price) {

        /** Without a revision. */
        Revise(String isbn, @Nullable String title, @Nullable Long price) {
            this(isbn, null, null, title, price);
        }

        Revise on(Revision revision) {
            return new Revise(isbn, revision, resolved, title, price);
        }

        Revise resolving(Long... numbers) {
            return new Revise(isbn, base, Set.of(numbers), title, price);
        }
    }

    record Pay(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            String keyId) {}

    record Shelve(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            String shelf) {}

    record Strip(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base) {}

    record Expire(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            List<String> keys) {}

    @AggregateIdentifier
    String isbn;

    Book() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(Revise command, Calls calls) {
        calls.add(command);
        apply(new BookRevised(command.isbn(), command.title(), command.price()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(Pay command) {
        apply(new PaymentTaken(command.isbn(), command.keyId(), "card"));
    }

    @CommandHandler
    void handle(Shelve command) {
        apply(new BookShelved(command.isbn(), command.shelf()));
    }

    @CommandHandler
    void handle(Strip command) {
        apply(new PriceRemoved(command.isbn()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(Expire command) {
        apply(new KeysExpired(command.isbn(), command.keys()));
    }

    @EventSourcingHandler
    void on(BookRevised event) {
        isbn = event.isbn;
    }

    @EventSourcingHandler
    void on(PaymentTaken event) {
        isbn = event.isbn;
    }

    @EventSourcingHandler
    void on(KeysExpired event) {
        isbn = event.isbn;
    }
}
