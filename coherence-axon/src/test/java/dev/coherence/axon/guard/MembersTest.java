package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.Conflicts;
import dev.coherence.revision.Revision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.Configurer;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateMember;
import org.axonframework.modelling.command.EntityId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Entities within an aggregate: their commands are commands of the aggregate. */
class MembersTest extends OnEveryStore {

    private static final MetaData MERGE = MetaData.with("coherence-policy", "merge");

    record OpenOrder(@TargetAggregateIdentifier String isbn) {}

    record AddLine(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            String line) {}

    record Count(
            @TargetAggregateIdentifier String isbn,
            String line,
            @TargetRevision @Nullable Revision base,
            long count) {}

    record Ask(
            @TargetAggregateIdentifier String isbn,
            String line,
            @TargetRevision @Nullable Revision base) {}

    @ActionEvent(reason = "open")
    @JsonAutoDetect(fieldVisibility = Visibility.ANY)
    static class Opened {
        String isbn;
        boolean open = true;

        Opened() {}

        Opened(String isbn) {
            this.isbn = isbn;
        }
    }

    @ActionEvent(reason = "add line")
    @JsonAutoDetect(fieldVisibility = Visibility.ANY)
    static class LineAdded {
        String isbn;
        String line;

        LineAdded() {}

        LineAdded(String isbn, String line) {
            this.isbn = isbn;
            this.line = line;
        }
    }

    @ActionEvent(reason = "count")
    @JsonAutoDetect(fieldVisibility = Visibility.ANY)
    static class Counted {
        String isbn;
        String line;
        long count;

        Counted() {}

        Counted(String isbn, String line, long count) {
            this.isbn = isbn;
            this.line = line;
            this.count = count;
        }
    }

    static class Order {
        @AggregateIdentifier
        String isbn;

        @AggregateMember
        Map<String, Line> lines = new LinkedHashMap<>();

        Order() {}

        @CommandHandler
        Order(OpenOrder command) {
            apply(new Opened(command.isbn()));
        }

        @CommandHandler
        void handle(AddLine command) {
            apply(new LineAdded(command.isbn(), command.line()));
        }

        @EventSourcingHandler
        void on(Opened event) {
            isbn = event.isbn;
        }

        @EventSourcingHandler
        void on(LineAdded event) {
            lines.put(event.line, new Line(event.line));
        }
    }

    static class Line {
        @EntityId
        String line;

        Line(String line) {
            this.line = line;
        }

        @CommandHandler
        void handle(Count command, Calls calls) {
            calls.add("ran");
            apply(new Counted(command.isbn(), line, command.count()));
        }

        @CommandHandler
        void handle(Ask command, Calls calls, Conflicts conflicts) {
            calls.add(conflicts.unseen().size());
        }
    }

    @Override
    void configure(Configurer configurer) {
        configurer.configureAggregate(Order.class);
    }

    /** An order with two lines that somebody has read, and in which somebody else has counted since. */
    private Revision counted(String id) {
        send(new OpenOrder(id));
        send(new AddLine(id, null, "A"));
        send(new AddLine(id, null, "B"));
        Revision base = current(id);
        send(new Count(id, "A", null, 1));
        calls.clear();
        return base;
    }

    private long theirs(String id) {
        return number("Order", id, 3);
    }

    @Test
    void a_stale_command_to_a_member_is_refused_early() {
        String id = newId();
        Revision base = counted(id);

        assertThat(conflictOf(() -> send(new Count(id, "B", base, 1))).unresolved())
                .containsExactly(theirs(id));
        assertThat(calls.all()).isEmpty();
    }

    @Test
    void a_stale_command_to_a_member_is_refused_by_the_guard() {
        String id = newId();
        Revision base = counted(id);

        assertThat(conflictOf(() -> app.send(new Count(id, "A", base, 2), MERGE))
                        .conflicts()
                        .get(0)
                        .disputes())
                .extracting("path")
                .extracting(Object::toString)
                .containsExactly("count");
        assertThat(calls.all()).containsExactly("ran");
    }

    @Test
    void a_current_command_to_a_member_passes() {
        String id = newId();
        counted(id);
        send(new Count(id, "B", current(id), 1));

        assertThat(events(id)).hasSize(5);
    }

    @Test
    void a_handler_of_a_member_may_ask() {
        String id = newId();
        Revision base = counted(id);
        send(new Ask(id, "B", base));

        assertThat(calls.all()).isEqualTo(List.of(1));
    }
}
