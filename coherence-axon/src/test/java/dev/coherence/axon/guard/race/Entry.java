package dev.coherence.axon.guard.race;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.util.List;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;

/** What the two aggregates of the race have in common. Knows nothing of conflicts. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
abstract class Entry {

    @AggregateIdentifier
    private String id;

    private Content content = new Content();

    void change(String target, List<Wish> wishes) {
        wishes.forEach(wish -> apply(wish.event(target, content.toString())));
    }

    @EventSourcingHandler
    void on(Change change) {
        id = change.id();
        content.take(change);
    }

    Content content() {
        return content;
    }

    @Override
    public String toString() {
        return id + " " + content;
    }
}
