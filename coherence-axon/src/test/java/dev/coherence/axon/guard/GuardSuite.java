package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.coherence.CoherenceSettings;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.axon.conflict.AppliedResolutions;
import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.axon.conflict.ConflictReport;
import dev.coherence.axon.event.EffectFired;
import dev.coherence.revision.Revision;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** A part of what the guard promises. The application is started once for each store; a test makes its own aggregates. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GuardSuite {

    @Parameter
    SuiteStore on;

    final Calls calls = new Calls();
    GuardedApplication app;

    /** The aggregates and handlers of this part. */
    abstract void configure(Configurer configurer);

    CoherenceSettings settings() {
        return CoherenceSettings.withSource("test");
    }

    @BeforeParameterizedClassInvocation
    void start() {
        app = GuardedApplication.start(on, settings(), configurer -> {
            configurer.registerComponent(Calls.class, config -> calls);
            configure(configurer);
        });
    }

    @AfterParameterizedClassInvocation
    void stop() {
        app.close();
    }

    @BeforeEach
    void forgetCalls() {
        calls.clear();
    }

    /** An identifier that nobody has used. */
    static String newId() {
        return UUID.randomUUID().toString();
    }

    Object send(Object command) {
        return app.commands.sendAndWait(command);
    }

    Object send(Object command, String key, Object value) {
        return app.send(command, MetaData.with(key, value));
    }

    /** What somebody has seen who reads the aggregate now. */
    Revision current(String id) {
        return app.head().withVersion(events(id).size() - 1);
    }

    /** The stored events of an annotated aggregate. */
    List<DomainEventMessage<?>> events(String id) {
        List<DomainEventMessage<?>> events = new ArrayList<>();
        app.events().readEvents(id, 0).forEachRemaining(events::add);
        return events;
    }

    List<Object> payloads(String id) {
        return events(id).stream().<Object>map(DomainEventMessage::getPayload).toList();
    }

    DomainEventMessage<?> last(String id) {
        List<DomainEventMessage<?>> events = events(id);
        return events.get(events.size() - 1);
    }

    AppliedResolutions resolutions(String id) {
        return AppliedResolutions.of(last(id).getMetaData());
    }

    /** The sequence number of the aggregate's event with the version. */
    long number(String kind, String id, long version) {
        try (Stream<? extends Event> actions = app.store.index.actions(Identity.of(kind, id))) {
            return actions.skip(version).findFirst().orElseThrow().sequenceNumber();
        }
    }

    /** The stored effects on the trigger. */
    List<EffectFired> effects(Identity trigger) {
        return payloads(app.store.index.streamNames().ofEffects(trigger)).stream()
                .map(EffectFired.class::cast)
                .toList();
    }

    /** Does what is to be refused, sees to it that nothing was stored, and returns the report. */
    ConflictReport conflictOf(ThrowingCallable refused) {
        return failureOf(ConflictException.class, refused).report();
    }

    /** Does what is to fail so, and sees to it that nothing was stored. */
    <T extends Throwable> T failureOf(Class<T> type, ThrowingCallable failing) {
        List<Long> before = contents();
        Throwable failure = catchThrowable(failing);
        assertThat(failure).isInstanceOf(type);
        assertThat(contents()).as("rows of events, links and effects").isEqualTo(before);
        return type.cast(failure);
    }

    private List<Long> contents() {
        if (!on.isDatabase()) {
            return List.of(app.store.index.lastNumber());
        }
        return Stream.of("DomainEventEntry", "coherence_link", "coherence_effect", "coherence_replay")
                .map(this::rows)
                .toList();
    }

    /** The number of rows of the table, which a condition may follow. */
    long rows(String table) {
        try (Connection connection = app.store.database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
