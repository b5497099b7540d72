package dev.coherence.axon.test;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.action.Effect;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.ConflictHandler;
import dev.coherence.axon.annotation.EffectEvent;
import dev.coherence.axon.annotation.Fires;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.axon.annotation.ResolvedConflicts;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.Conflicts;
import dev.coherence.axon.conflict.Resolution;
import dev.coherence.revision.Revision;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** An aggregate as users write it, without a conflict handler. */
class Book {
    record ReviseBook(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision Revision base,
            @ResolvedConflicts Set<Long> resolved,
            String title,
            BigDecimal price) {}

    /** Without annotations of ours. */
    record RenameBook(@TargetAggregateIdentifier String isbn, String title) {}

    record PriceBook(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision Revision base,
            BigDecimal price) {}

    record EncryptBook(@TargetAggregateIdentifier String isbn, String keyId) {}

    record ExpireKey(@TargetAggregateIdentifier String isbn, String keyId) {}

    record RemoveBook(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision Revision base) {}

    record PrintBook(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision Revision base) {}

    @ActionEvent(reason = "revise")
    record BookRevised(String isbn, String title, BigDecimal price) {}

    @ActionEvent(reason = "encrypt")
    record BookEncrypted(
            String isbn, @LinkedTo("encryption-key") String keyId) {}

    @EffectEvent(reason = "key-expired")
    record KeyExpired(@Fires("encryption-key") String keyId) {}

    record BookRemoved(String isbn) {}

    record BookPrinted(String isbn) {}

    record Reminder(String isbn) {}

    @AggregateIdentifier
    String isbn;

    private String title;

    Book() {}

    String title() {
        return title;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    String handle(ReviseBook command) {
        if ("".equals(command.title())) {
            throw new IllegalArgumentException("no title");
        }
        apply(new BookRevised(command.isbn(), command.title(), command.price()));
        return "revised";
    }

    @CommandHandler
    void handle(RenameBook command) {
        apply(new BookRevised(command.isbn(), command.title(), null));
    }

    @CommandHandler
    void handle(PriceBook command, Conflicts conflicts) {
        BookRevised event = new BookRevised(command.isbn(), null, command.price());
        if (conflicts.disputes(event).isEmpty()) {
            conflicts.resolve(conflicts.unseen().stream()
                    .map(unseen -> unseen.sequenceNumber())
                    .toList());
        }
        apply(event);
    }

    @CommandHandler
    void handle(EncryptBook command) {
        apply(new BookEncrypted(command.isbn(), command.keyId()));
    }

    @CommandHandler
    void handle(ExpireKey command) {
        apply(new KeyExpired(command.keyId()));
    }

    @CommandHandler
    void handle(RemoveBook command) {
        apply(new BookRemoved(command.isbn()));
    }

    @CommandHandler
    void handle(PrintBook command, DeadlineManager deadlines) {
        deadlines.schedule(Duration.ofDays(1), "printing", new Reminder(command.isbn()));
    }

    @DeadlineHandler(deadlineName = "printing")
    void on(Reminder reminder) {
        apply(new BookPrinted(reminder.isbn()));
    }

    @EventSourcingHandler
    void on(BookRevised event) {
        isbn = event.isbn();
        title = event.title() == null ? title : event.title();
    }

    @EventSourcingHandler
    void on(BookRemoved event) {
        AggregateLifecycle.markDeleted();
    }

    /** With conflict handlers. */
    static class Stock {
        record Take(
                @TargetAggregateIdentifier String id,
                @TargetRevision Revision base,
                long amount) {}

        record Cheat(@TargetAggregateIdentifier String id) {}

        record Label(
                @TargetAggregateIdentifier String id,
                @TargetRevision Revision base,
                String label) {}

        @ActionEvent(reason = "change")
        record StockChanged(String id, Long amount) {}

        @ActionEvent(reason = "label")
        record Labelled(String id, String label) {}

        @AggregateIdentifier
        private String id;

        private long amount;

        Stock() {}

        long amount() {
            return amount;
        }

        @CommandHandler
        void handle(Take command) {
            apply(new StockChanged(id, amount - command.amount()));
        }

        @CommandHandler
        void handle(Cheat command) {
            amount = 0;
        }

        @CommandHandler
        void handle(Label command) {
            apply(new Labelled(id, command.label()));
        }

        @ConflictHandler
        Resolution on(StockChanged ours, StockChanged theirs) {
            return Resolution.replaceBy(new StockChanged(id, ours.amount() - 1_000));
        }

        @ConflictHandler
        Resolution on(Labelled ours, Object theirs) {
            return theirs instanceof Effect ? Resolution.reject() : Resolution.accept();
        }

        @EventSourcingHandler
        void on(StockChanged event) {
            id = event.id();
            amount = event.amount();
        }
    }
}
