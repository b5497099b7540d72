package dev.coherence.axon.test;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import dev.coherence.action.Effect;
import dev.coherence.axon.conflict.AppliedResolutions;
import dev.coherence.axon.conflict.ConflictReport;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.axonframework.test.aggregate.ResultValidator;

/**
 * What is expected of a command: all that Axon's {@link ResultValidator} offers, and what became of the events that its
 * sender had not seen. The published events are those of the application; effects that they fire are asked for with
 * {@link #expectEffects}. Not thread-safe.
 *
 * @param <T> the aggregate
 */
public final class CoherenceResultValidator<T> extends ForwardingResultValidator<T, CoherenceResultValidator<T>> {

    private final Outcome outcome;

    CoherenceResultValidator(ResultValidator<T> axons, Outcome outcome) {
        super(axons);
        this.outcome = outcome;
    }

    @Override
    CoherenceResultValidator<T> self() {
        return this;
    }

    /**
     * Expects that the command was refused for at least one conflict.
     *
     * @return says more of the conflicts
     * @throws AssertionError if it was not
     */
    public ConflictExpectation<T> expectConflict() {
        ConflictReport report = outcome.conflict().orElseThrow(() -> outcome.unlike("a conflict"));
        return new ConflictExpectation<>(this, outcome, report);
    }

    /**
     * Expects that the command went through: it was neither refused for a conflict, nor failed otherwise.
     *
     * @throws AssertionError if it was or did
     */
    public CoherenceResultValidator<T> expectNoConflict() {
        if (outcome.failure().isPresent()) {
            throw outcome.unlike("no conflict");
        }
        return this;
    }

    /**
     * Expects that the policy {@code merge} passed over these unseen events and no others.
     *
     * @param sequenceNumbers of the unseen events; none if nothing was merged
     * @throws AssertionError if it was otherwise, or the command failed
     */
    public CoherenceResultValidator<T> expectMerged(long... sequenceNumbers) {
        return expect("merged", AppliedResolutions::merged, sequenceNumbers);
    }

    /**
     * Expects that conflict handlers let events of ours go over these unseen events and no others.
     *
     * @param sequenceNumbers of the unseen events; none if nothing was accepted
     * @throws AssertionError if it was otherwise, or the command failed
     */
    public CoherenceResultValidator<T> expectAccepted(long... sequenceNumbers) {
        return expect("accepted by conflict handlers", AppliedResolutions::accepted, sequenceNumbers);
    }

    /**
     * Expects that conflict handlers put other events in the place of ours because of these unseen events and no others.
     *
     * @param sequenceNumbers of the unseen events; none if nothing was replaced
     * @throws AssertionError if it was otherwise, or the command failed
     */
    public CoherenceResultValidator<T> expectReplaced(long... sequenceNumbers) {
        return expect("causes of a replacement", AppliedResolutions::replaced, sequenceNumbers);
    }

    /**
     * Expects that of the numbers that the command lists as resolved, these and no others were unseen.
     *
     * @param sequenceNumbers of the unseen events; none if none was listed
     * @throws AssertionError if it was otherwise, or the command failed
     */
    public CoherenceResultValidator<T> expectListed(long... sequenceNumbers) {
        return expect("listed by the command", AppliedResolutions::listed, sequenceNumbers);
    }

    /**
     * Expects that the command handler marked these unseen events as resolved, and no others.
     *
     * @param sequenceNumbers of the unseen events; none if none was marked
     * @throws AssertionError if it was otherwise, or the command failed
     */
    public CoherenceResultValidator<T> expectMarked(long... sequenceNumbers) {
        return expect("marked by the handler", AppliedResolutions::marked, sequenceNumbers);
    }

    private CoherenceResultValidator<T> expect(
            String way, Function<AppliedResolutions, SortedSet<Long>> found, long... sequenceNumbers) {
        SortedSet<Long> expected = numbers(sequenceNumbers);
        if (outcome.failure().isPresent() || !outcome.numbers(found).equals(expected)) {
            throw outcome.unlike("%s to be %s".formatted(expected, way));
        }
        return this;
    }

    /**
     * Expects that these effects were fired, in this order, and no others.
     *
     * @throws AssertionError if it was otherwise
     */
    public CoherenceResultValidator<T> expectEffects(Effect... effects) {
        List<Effect> expected = List.of(requireNonNull(effects, "effects"));
        if (!outcome.effects().equals(expected)) {
            throw outcome.unlike("the effects %s, not %s".formatted(expected, outcome.effects()));
        }
        return this;
    }

    static SortedSet<Long> numbers(long... sequenceNumbers) {
        return LongStream.of(sequenceNumbers).boxed().collect(toCollection(TreeSet::new));
    }
}
