package dev.coherence.axon.index;

import dev.coherence.action.Identity;
import dev.coherence.axon.replay.Impact;
import dev.coherence.axon.replay.ReplayCause;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which aggregates effects and requests affect, and the events of these aggregates.
 *
 * <p><b>Affected</b> by what lies in a {@link Span} is an aggregate
 *
 * <ul>
 *   <li>that has an action which links it to a trigger, where an effect in the span has fired this trigger and has a higher
 *       number than the action;
 *   <li>that is itself the trigger of an effect in the span, where its first event has a lower number than the effect;
 *   <li>that a request in the span names, itself or by its kind, and that exists now.
 * </ul>
 *
 * <p>By effects, the set is fixed for a span as soon as all of it is visible: locks see to it that a link, or a first event, is
 * visible before an effect with a higher number. Requests take no locks, so that an aggregate with a higher number than a
 * request may have been handled before that was visible. Hence they affect all that exist when the question is asked. The set
 * may grow then, but only by aggregates whose events have become visible after the request, and need no replay for it.
 *
 * <p>{@code groups} are the processing groups on whose behalf the question is asked. Effects concern all groups; requests
 * concern the groups that they name, and all if they name none. What concerns none of the groups is left out.
 *
 * <p>Thread-safe. A call inside a unit of work joins its transaction; outside of one it runs in a transaction of its own.
 */
public interface ReplayIndex {

    /** Whether any aggregate is affected. */
    boolean affectsAny(Span span, Set<String> groups);

    /** Whether the aggregate is affected. */
    boolean affects(Span span, Set<String> groups, Identity aggregate);

    /**
     * Returns affected aggregates by ascending numbers, each once.
     *
     * @param above aggregates with this number or a lower one are left out
     * @param limit the most to return, positive; fewer are returned only if there are no more
     */
    List<AffectedAggregate> affected(Span span, Set<String> groups, long above, int limit);

    /** Returns how many aggregates with a number above the given one are affected. */
    long countAffected(Span span, Set<String> groups, long above);

    /**
     * Returns what an effect on the trigger would affect if it were fired now, of what is still stored. It is counted, and not
     * estimated: the events of all these aggregates are looked up.
     */
    Impact impact(Identity trigger);

    /** Returns how many effects and requests lie in the span and concern one of the groups, whether or not they affect any. */
    long countCauses(Span span, Set<String> groups);

    /**
     * Returns why each of the aggregates is affected, by ascending sequence number; of many effects on one trigger only the
     * last. Aggregates that are not affected are left out.
     */
    Map<AffectedAggregate, List<ReplayCause>> causes(
            Span span, Set<String> groups, Collection<AffectedAggregate> aggregates);

    /** Returns the number of the aggregate with Axon's identifier, which is the position of its first event; if it has one. */
    OptionalLong numberOf(String aggregateIdentifier);

    /**
     * Returns all visible events of the aggregate in their order, page by page. To be closed.
     *
     * <p>Reading fails with the exception of {@link AffectedAggregate#requireBeginningAt} if there are events, but not the first one.
     */
    Stream<NumberedEvent> events(AffectedAggregate aggregate);

    /**
     * Returns all visible events of the aggregates in few round trips: each in its order, and as upcasters would give them if
     * it were read alone.
     *
     * @param maxEvents the most events to read, positive. Aggregates whose events were not all read, or cannot be, are left
     *     out, so that what is returned is complete; an aggregate without events has an empty list
     */
    Map<AffectedAggregate, List<NumberedEvent>> events(Collection<AffectedAggregate> aggregates, int maxEvents);
}
