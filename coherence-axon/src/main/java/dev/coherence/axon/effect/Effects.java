package dev.coherence.axon.effect;

import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.axon.conflict.LostRaceException;
import dev.coherence.axon.replay.Impact;
import dev.coherence.value.InvalidInputException;
import java.time.Instant;
import org.axonframework.eventhandling.scheduling.EventScheduler;
import org.axonframework.eventhandling.scheduling.ScheduleToken;

/**
 * Fires effects and asks for replays. To fire says that the world has changed: for every aggregate that is linked to the
 * trigger this is a change that nobody has seen yet. To replay only shows again what is stored: it is never a conflict.
 *
 * <p>A call within an active unit of work, or within a transaction of the caller that coherence knows of, takes part in
 * it: what it asks for happens when that commits, together with the rest, or not at all. It has no number before that.
 * What goes wrong with it then makes the commit fail: a lost race as {@link LostRaceException}, as for commands. Every other
 * call has a transaction of its own, and is done when it returns.
 *
 * <p>Thread-safe. Null is refused with a {@link NullPointerException} that names it.
 */
public interface Effects {

    /**
     * Fires an effect, each time that this is called. (Equal effects of one transaction may become one.)
     *
     * @throws LostRaceException if concurrent transactions were in the way, several times in a row. Nothing is stored; it
     *     may succeed when it is called again.
     * @throws IllegalStateException if the effect should take part in a transaction, but that is too far on or has no guard
     */
    FireResult fire(Effect effect);

    /**
     * Fires an effect unless it was fired with this key before, from whatever node, at the same moment or years ago.
     *
     * @param key stands for this one occurrence of the effect, in the whole event store; 1 to {@link
     *     dev.coherence.value.Limits#MAX_NAME_LENGTH} UTF-16 code units
     * @throws InvalidInputException with place {@code key}, if the key is malformed, or was used for an effect with another
     *     reason or trigger. Where such a one is fired at the same moment, a transaction of the caller may fail only when
     *     it commits.
     * @throws LostRaceException as {@link #fire(Effect)} does
     * @throws IllegalStateException as {@link #fire(Effect)} does
     */
    FireResult fire(Effect effect, String key);

    /**
     * Has an effect fired later, once, even if the scheduler publishes it twice. Whether the schedule itself is part of the
     * transaction of the caller, and survives a restart, is up to the scheduler.
     *
     * @param at when, inclusive; at once if it has passed
     * @return with which it can be {@linkplain #cancel cancelled}
     * @throws IllegalStateException if Axon has no {@link EventScheduler}
     */
    ScheduleToken schedule(Effect effect, Instant at);

    /**
     * Has an effect fired later, unless it is fired with this key before that. It may be scheduled with one key several
     * times. A key that was used for another effect is not found out before its time.
     *
     * @param at when, inclusive; at once if it has passed
     * @param key as with {@link #fire(Effect, String)}
     * @return with which it can be {@linkplain #cancel cancelled}
     * @throws InvalidInputException with place {@code key}, if the key is malformed
     * @throws IllegalStateException if Axon has no {@link EventScheduler}
     */
    ScheduleToken schedule(Effect effect, Instant at, String key);

    /**
     * Cancels what was scheduled. Does nothing if its time has come.
     *
     * @throws IllegalStateException if Axon has no {@link EventScheduler}
     * @throws IllegalArgumentException if the token is of another scheduler
     */
    void cancel(ScheduleToken token);

    /**
     * What an effect on the trigger would have replayed if it were fired now: to know before, whether that takes a second or an
     * hour. Looks up the events of all these aggregates, which takes a while itself if they are many.
     */
    Impact preview(Identity trigger);

    /**
     * Asks for the replay of one aggregate.
     *
     * @param reason why; 1 to {@link dev.coherence.value.Limits#MAX_NAME_LENGTH} UTF-16 code units
     * @param groups the processing groups to replay it to; all that take part in replays, if none is named. One that this
     *     node does not have is logged as a warning, as it may be a mistake, or that of another node
     * @throws InvalidInputException if reason or a group is malformed
     */
    ReplayResult replay(Identity aggregate, String reason, String... groups);

    /**
     * Asks for the replay of all aggregates of a kind that exist by then.
     *
     * @param reason why; 1 to {@link dev.coherence.value.Limits#MAX_NAME_LENGTH} UTF-16 code units
     * @param groups the processing groups to replay them to; all that take part in replays, if none is named. One that this
     *     node does not have is logged as a warning, as it may be a mistake, or that of another node
     * @throws InvalidInputException if kind, reason or a group is malformed
     */
    ReplayResult replayKind(String kind, String reason, String... groups);
}
