package dev.coherence.log;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.revision.Revision;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * A store of actions and effects in one global order: the port on which the rebase algorithm stands, to be implemented
 * once for every kind of store.
 *
 * <h2>What is stored</h2>
 *
 * <p>Every event has a <em>sequence number</em>, at least 1. Numbers are unique and the numbers of one
 * {@linkplain Transaction#append append} ascend in the order of its drafts. Numbers may have gaps, which may be there
 * for ever or may be filled later by a transaction that is still running: an event can become visible after one with a
 * higher number. Only three orders are promised:
 *
 * <ul>
 *   <li>the actions on one aggregate become visible in the order of their numbers, and their <em>versions</em> are 0,
 *       1, 2, … in that order;
 *   <li>the effects on one trigger become visible in the order of their numbers;
 *   <li>an action and an effect on a trigger that the action links to, or that its aggregate was linked to when the
 *       action's transaction began, become visible in the order of their numbers.
 * </ul>
 *
 * <p>An action <em>links</em> its aggregate to each of its triggers, from its own number on and for ever. Besides,
 * every aggregate is linked to the trigger that equals its own identity, without any action saying so and even before
 * its first action. An event comes back equal to what was appended: change, timestamp to the nanosecond, source.
 *
 * <h2>What "visible" means</h2>
 *
 * <p>An event is visible once the transaction that appended it is committed; all events of a transaction become visible
 * at once or, if it ends otherwise, never. What has been visible stays visible. A transaction does not see its own
 * drafts: they exist only after {@link Transaction#append}, which ends it.
 *
 * <h2>Threads</h2>
 *
 * <p>A log may be used by any number of threads at once. A {@link Transaction} and a {@link Reading} belong to the
 * thread that opened them, and a thread has at most one open transaction; an implementation may refuse a second one
 * with an {@link IllegalStateException}.
 *
 * <p>Failures of the store itself (a connection that breaks) are thrown as the implementation's own unchecked
 * exceptions, from any method but {@link Transaction#close()}; nothing of the transaction is stored then.
 */
public interface EventLog {

    /**
     * Begins a transaction that can append to the scope, and takes the locks that secure it. May wait for other
     * transactions whose scopes overlap.
     *
     * @throws ConcurrentAppendException if the locks cannot be had because another transaction is in the way (a
     *     deadlock, a timeout); nothing is open then
     */
    Transaction begin(Scope scope);

    /**
     * What is visible now: a revision without version, whose position (inclusive) is the number of the last visible
     * event, 0 if there is none. Lower numbers that may still become visible are listed as unseen, so that the revision
     * covers every visible event and no other, now or later. Numbers that will never name an event may be covered.
     */
    Revision head();

    /** The version that the next action on the aggregate will have: the number of its visible actions, 0 if none. */
    long nextVersion(Identity aggregate);

    /**
     * Every visible event that is a change to the aggregate and that the base does not {@linkplain
     * Revision#sees(Event) see}, in ascending order of numbers; see {@link Transaction#unseen}.
     */
    List<Event> unseen(Identity aggregate, Revision base);

    /**
     * Opens a reading of actions, in ascending order of numbers, each once: of the aggregates that the query selects,
     *
     * <ul>
     *   <li>the actions that {@code query.after()} does not see, and
     *   <li>all actions, also the seen ones, of every aggregate affected by a visible effect that
     *       {@code query.after()} does not see. An effect <em>affects</em> the aggregate whose identity equals its
     *       trigger, and each aggregate with an action that links to the trigger and has a lower number than the
     *       effect.
     * </ul>
     *
     * <p>Effects themselves are not delivered. Neither the actions nor the affected aggregates are limited in number:
     * an implementation holds no more than a bounded number of actions in memory.
     */
    Reading read(ReadQuery query);

    /**
     * Opens a reading of all visible actions on one aggregate, in ascending order of versions and without a hole, also
     * those that became visible after the reading was opened and before it got there. The revision of the reading has no
     * version; its position was read before the actions, so that it is sound about effects. With the version of the last
     * action that was read, it is what the reader has seen of the aggregate; without it, it says nothing of the actions.
     */
    Reading history(Identity aggregate);

    /**
     * A look at the log that ends with an append, or without one.
     *
     * <p>The promise that makes a conflict check sound: for each aggregate on which it appends an action, {@link
     * #append} commits only if, at the moment in which its events become visible, {@link #nextVersion} and {@link
     * #unseen} would, its own events apart, still give the answers that this transaction gave. (Whoever checks asks for the version first: what
     * is appended between the two answers is then either in the second one, or makes the first one wrong.) Thereby
     *
     * <ul>
     *   <li>no update is lost: two transactions that looked at the same state of an aggregate cannot both append an
     *       action to it;
     *   <li>no write is skewed: of an action and a concurrent effect on a trigger that the aggregate is linked to, either
     *       the action becomes visible first and has the lower number, or the effect was among the unseen events that
     *       the action's transaction was told of.
     * </ul>
     *
     * <p>Whether an implementation keeps others out by locks, or finds out at the append and answers {@link
     * CommitResult.Lost}, is its own affair.
     *
     * <p>Answers about other aggregates, {@link #nextSequenceNumber()} and {@link #existing} are not secured: they are
     * as of some moment between {@link EventLog#begin} and the call.
     *
     * <p>Each method, {@link #append} and {@link #close} excepted, may throw {@link ConcurrentAppendException} if the
     * store gives the transaction up in favour of another one; {@link #append} returns {@link CommitResult.Lost} then.
     * Each method, {@link #close} excepted, throws {@link IllegalStateException} once the transaction has ended.
     */
    interface Transaction extends AutoCloseable {

        /**
         * One more than the number of the last visible event; at least 1. Provisional: others may take it before this
         * transaction appends.
         */
        long nextSequenceNumber();

        /** The version that the next action on the aggregate will have: the number of its visible actions, 0 if none. */
        long nextVersion(Identity aggregate);

        /**
         * Every visible event that is a change to the aggregate and that the base does not {@linkplain
         * Revision#sees(Event) see}, in ascending order of numbers: the actions on the aggregate, the effects on the
         * trigger that equals its identity, and the effects on each trigger that any visible action on the aggregate
         * links to, whether that action came before the effect or after it. A base without position sees every effect.
         */
        List<Event> unseen(Identity aggregate, Revision base);

        /** Those of the numbers that are numbers of visible events, of whatever aggregate or trigger. */
        SortedSet<Long> existing(Collection<Long> numbers);

        /**
         * All visible actions on the aggregate, in ascending order of versions. To be closed before any other method of
         * the transaction is called.
         */
        Stream<RecordedAction> actions(Identity aggregate);

        /**
         * Appends the drafts in their order, with the links that their actions make, and commits. The transaction has
         * ended, whatever the result.
         *
         * @param drafts at least one; each within the scope: the aggregate and the triggers of an action, the trigger
         *     of an effect
         * @return the events as they are stored now, one for each draft in the same order; or that a concurrent append
         *     won, in which case nothing is stored
         * @throws IllegalArgumentException if there is no draft, or one is outside the scope; nothing is stored then
         */
        CommitResult append(List<Draft> drafts);

        /**
         * Ends the transaction and releases its locks; nothing is stored, unless {@link #append} has already done it.
         * Does nothing for a transaction that has ended, and never throws.
         */
        @Override
        void close();
    }
}
