package dev.coherence.axon.projection;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.axonframework.eventhandling.DefaultEventProcessorSpanFactory;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.monitoring.NoOpMessageMonitor;
import org.axonframework.tracing.TestSpanFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the tests of processors cannot see: the spans around the events of a replay. */
class ReplayedEventsTest {

    private static final String SPAN = "StreamingEventProcessor.process";

    private final TestSpanFactory spans = new TestSpanFactory();
    private final ReplayedEvents events = new ReplayedEvents(
            List::of,
            NoOpMessageMonitor.instance(),
            DefaultEventProcessorSpanFactory.builder().spanFactory(spans).build());
    private final TrackedEventMessage<?> event = new GenericTrackedDomainEventMessage<>(
            new GlobalSequenceTrackingToken(3), new GenericDomainEventMessage<>("Book", "1", 0, "revised"));
    private final UnitOfWork<?> batch = DefaultUnitOfWork.startAndGet(GenericMessage.asMessage("batch"));

    @AfterEach
    void end() {
        batch.rollback();
    }

    @Test
    void each_has_a_span_of_its_own_while_it_is_handled() throws Exception {
        events.handle(event, handled -> spans.verifySpanActive(SPAN, handled));
        spans.verifySpanCompleted(SPAN, event);
    }

    @Test
    void a_span_has_the_exception_that_a_handler_throws() {
        assertThatThrownBy(() -> events.handle(event, handled -> {
                    throw new IllegalStateException("no room");
                }))
                .hasMessage("no room");
        spans.verifySpanHasException(SPAN, IllegalStateException.class);
        spans.verifySpanCompleted(SPAN, event);
    }
}
