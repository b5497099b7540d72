package dev.coherence.axon.test;

import static java.util.stream.Collectors.joining;

import dev.coherence.action.Effect;
import dev.coherence.axon.conflict.AppliedResolutions;
import dev.coherence.axon.conflict.ConflictReport;
import dev.coherence.axon.conflict.ReportedConflict;
import dev.coherence.axon.event.EffectFired;
import dev.coherence.conflict.Dispute;
import dev.coherence.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.test.AxonAssertionError;

/**
 * What came of the step that is tested.
 *
 * @param failure what the command failed with, if it did
 * @param appended the events that were appended, effects among them
 */
record Outcome(Optional<Throwable> failure, List<EventMessage<?>> appended) {

    /** Copies the list. */
    Outcome {
        appended = List.copyOf(appended);
    }

    Optional<ConflictReport> conflict() {
        return failure.flatMap(ConflictReport::from);
    }

    List<Effect> effects() {
        return appended.stream()
                .filter(message -> message.getPayloadType() == EffectFired.class)
                .map(message -> ((EffectFired) message.getPayload()).toEffect())
                .toList();
    }

    /** The numbers that the appended events were laid over in this way, all together. */
    SortedSet<Long> numbers(Function<AppliedResolutions, SortedSet<Long>> way) {
        SortedSet<Long> numbers = new TreeSet<>();
        appended.forEach(message -> numbers.addAll(way.apply(AppliedResolutions.of(message.getMetaData()))));
        return numbers;
    }

    /** The failure of an expectation, with what was found instead. */
    AssertionError unlike(String expected) {
        AssertionError error = new AxonAssertionError("Expected %s, but %s".formatted(expected, this));
        failure.ifPresent(error::initCause);
        return error;
    }

    @Override
    public String toString() {
        return conflict()
                .map(Outcome::refused)
                .or(() -> failure.map(Outcome::failed))
                .orElseGet(this::accepted);
    }

    private static String failed(Throwable failure) {
        return "the command failed with " + failure;
    }

    private String accepted() {
        return "it was accepted: appended %s, listed %s, marked %s, merged %s, accepted %s, replaced because of %s"
                .formatted(
                        appended.stream()
                                .map(message -> message.getPayloadType().getSimpleName())
                                .toList(),
                        numbers(AppliedResolutions::listed),
                        numbers(AppliedResolutions::marked),
                        numbers(AppliedResolutions::merged),
                        numbers(AppliedResolutions::accepted),
                        numbers(AppliedResolutions::replaced));
    }

    private static String refused(ConflictReport report) {
        return "%s on revision %s is in conflict with what its sender has not seen:%s"
                .formatted(
                        report.command(),
                        report.base(),
                        report.conflicts().stream().map(Outcome::line).collect(joining()));
    }

    private static String line(ReportedConflict conflict) {
        return "\n- " + conflict
                + conflict.disputes().stream().map(Outcome::values).collect(joining());
    }

    private static String values(Dispute dispute) {
        return "\n    %s: base %s, ours %s, theirs %s"
                .formatted(dispute.path(), value(dispute.base()), value(dispute.ours()), value(dispute.theirs()));
    }

    private static String value(Optional<Value> value) {
        return value.map(Value::toJson).orElse("nothing");
    }
}
