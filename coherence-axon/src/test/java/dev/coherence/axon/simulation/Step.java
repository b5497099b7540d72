package dev.coherence.axon.simulation;

import java.util.List;

/** What the driver of a run does next. Nodes, transactions and segments that are not there make it do nothing. */
sealed interface Step {

    /** A transaction that appends, and commits at once. */
    record Append(List<Write> writes) implements Step {}

    /** A transaction that appends and stays open: its events have numbers, and nobody sees them yet. */
    record Open(int transaction, List<Write> writes) implements Step {}

    /** The end of an open transaction. If it is rolled back, its numbers stay gaps for ever. */
    record End(int transaction, boolean commit) implements Step {}

    /** A handler of the node throws, once, after so many more events. */
    record Fail(int node, int afterEvents) implements Step {}

    /**
     * The node dies in the transaction after so many more with events: when its handlers have run, or when the database has
     * committed and the node does not know it yet. Nothing that it does from then on has any effect.
     */
    record Crash(int node, int afterBatches, boolean committed) implements Step {}

    /** The node dies now, whatever it is doing. */
    record Kill(int node) implements Step {}

    /**
     * The node stands still for longer than its claims last, so that other nodes may take its segments. Then it goes on as if
     * nothing had happened.
     */
    record Freeze(int node) implements Step {}

    /** The processor of the node is shut down in order. */
    record Stop(int node) implements Step {}

    /** The processor of the node is started, if it was stopped; a dead node is replaced by a new one. */
    record Start(int node) implements Step {}

    record Split(int node, int segment) implements Step {}

    record Merge(int node, int segment) implements Step {}

    /** All nodes stop, one of them resets all segments to before the first event, all start. */
    record Reset(int node) implements Step {}

    /** The same to a position: so much, from 0 to 1, of what every segment has handled. */
    record ResetTo(int node, double part) implements Step {}

    /** The processors go on undisturbed. */
    record Pause(int millis) implements Step {}
}
