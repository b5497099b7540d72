package dev.coherence.axon.guard;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import dev.coherence.action.Effect;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.ConflictHandler;
import dev.coherence.axon.annotation.EffectEvent;
import dev.coherence.axon.annotation.Fires;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.Resolution;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Aggregates that decide about conflicts themselves. Their events are what the commands bring. */
abstract class Articles {

    record Write(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            Object event) {}

    record WriteCached(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            Object event) {}

    @JsonAutoDetect(fieldVisibility = Visibility.ANY)
    static class ArticleEvent {
        String isbn;
    }

    @ActionEvent(reason = "title")
    static class Titled extends ArticleEvent {
        String title;

        Titled() {}

        Titled(String isbn, String title) {
            this.isbn = isbn;
            this.title = title;
        }
    }

    @ActionEvent(reason = "price")
    static class Priced extends ArticleEvent {
        int price;

        Priced() {}

        Priced(String isbn, int price) {
            this.isbn = isbn;
            this.price = price;
        }
    }

    @ActionEvent(reason = "move")
    static class Moved extends ArticleEvent {
        int by;

        Moved() {}

        Moved(String isbn, int by) {
            this.isbn = isbn;
            this.by = by;
        }
    }

    @ActionEvent(reason = "move far")
    static class MovedFar extends Moved {
        MovedFar() {}

        MovedFar(String isbn, int by) {
            super(isbn, by);
        }
    }

    @ActionEvent(reason = "link")
    static class Linked extends ArticleEvent {
        @LinkedTo("key")
        String key;

        Linked() {}

        Linked(String isbn, String key) {
            this.isbn = isbn;
            this.key = key;
        }
    }

    @EffectEvent(reason = "expire")
    static class Expired extends ArticleEvent {
        @Fires("key")
        ArrayList<String> keys;

        Expired() {}

        Expired(String isbn, List<String> keys) {
            this.isbn = isbn;
            this.keys = new ArrayList<>(keys);
        }
    }

    static class Gone extends ArticleEvent {
        Gone() {}

        Gone(String isbn) {
            this.isbn = isbn;
        }
    }

    static class Vague extends Gone {
        Vague() {}

        Vague(String isbn) {
            super(isbn);
        }
    }

    static class Explode extends Gone {
        Explode() {}

        Explode(String isbn) {
            super(isbn);
        }
    }

    static class Article extends Articles {

        Article() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(Write command, Calls calls) {
            write(command.event(), calls);
        }
    }

    /** The same with a repository that caches. */
    static class Cached extends Articles {

        Cached() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(WriteCached command, Calls calls) {
            write(command.event(), calls);
        }
    }

    @AggregateIdentifier
    String isbn;

    private int price;
    private int moved;
    private transient Calls calls;

    void write(Object event, Calls handed) {
        calls = handed;
        calls.add("moved by " + moved);
        apply(event);
    }

    @EventSourcingHandler
    void on(ArticleEvent event) {
        isbn = event.isbn;
        if (event instanceof Priced priced) {
            price = priced.price;
        } else if (event instanceof Moved by) {
            moved += by.by;
        }
    }

    @ConflictHandler
    Resolution on(Priced ours, Priced theirs) {
        calls.add("price %d after %d over %d".formatted(price, ours.price, theirs.price));
        return Resolution.accept();
    }

    @ConflictHandler
    Resolution on(Titled ours, Titled theirs) {
        return Resolution.reject();
    }

    @ConflictHandler
    Resolution on(Moved ours, Moved theirs) {
        calls.add("move over move");
        return Resolution.replaceBy(new Moved(ours.isbn, ours.by + theirs.by));
    }

    @ConflictHandler
    Resolution on(MovedFar ours, Moved theirs) {
        calls.add("far over Moved");
        return Resolution.accept();
    }

    @ConflictHandler
    Resolution on(MovedFar ours, MovedFar theirs) {
        calls.add("far over far");
        return Resolution.accept();
    }

    @ConflictHandler
    Resolution on(Titled ours, Expired theirs) {
        return Resolution.replaceBy(new Linked(ours.isbn, ours.isbn));
    }

    @ConflictHandler
    Resolution on(Expired ours, Moved theirs) {
        return Resolution.replaceBy(new Expired(ours.isbn, List.of("other" + ours.isbn)));
    }

    @ConflictHandler
    Resolution on(Gone ours, Priced theirs) {
        return Resolution.accept();
    }

    @ConflictHandler
    Resolution on(Gone ours, Titled theirs) {
        return Resolution.replaceBy(new Titled(ours.isbn, "replaced"));
    }

    @ConflictHandler
    Resolution on(ArticleEvent ours, Effect theirs) {
        calls.add("effect " + theirs.reason());
        return Resolution.accept();
    }

    @ConflictHandler
    Resolution on(Vague ours, Vague theirs) {
        return null;
    }

    @ConflictHandler
    Resolution on(Explode ours, Explode theirs) {
        throw new UnsupportedOperationException("boom");
    }
}
