package dev.coherence.spring.boot;

import dev.coherence.Coherence;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.rebase.RebaseResult.Accepted;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;

/** Books in the event store of an application. */
record Shelf(Coherence coherence) {

    static Shelf of(ApplicationContext context) {
        return new Shelf(context.getBean(Coherence.class));
    }

    /** Stores one event about a book that has none, and returns its number. */
    long add(String title) {
        Accepted accepted = (Accepted) revise(title, Revision.at(0), "alice", "unknown");
        return accepted.events().get(0).sequenceNumber();
    }

    RebaseResult revise(String title, Revision base, String actor, String genre) {
        return coherence
                .rebase(base)
                .action(a -> a.reason("revise")
                        .actor("user", actor)
                        .aggregate("book", title)
                        .assoc("genre", genre)
                        .trigger("encryption-key", "1"))
                .execute();
    }

    /** Who changed the book, in the order of the changes. */
    List<String> actors(String title) {
        try (Stream<RecordedAction> actions = coherence.read().aggregates(Identity.of("book", title)).stream()) {
            return actions.map(action -> action.action().actor().id()).toList();
        }
    }
}
