package dev.coherence.axon.simulation;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What projections have stored, and what there is to be seen outside of the events: how often triggers have been fired, and
 * requests been made. All of it takes part in the transaction of the thread.
 */
interface ReadModel {

    /** The rows of an aggregate, as they were added. */
    List<Row> rows(String group, String aggregate);

    void add(Row row);

    void forget(String group, String aggregate);

    /** Forgets the rows of a group that are not to be kept. */
    void retain(String group, Predicate<Row> kept);

    /** All rows, as they were added. */
    List<Row> all();

    /** How often each thing has happened. */
    Map<String, Integer> world();

    /** Notes that it has happened once more. */
    void happened(String what);

    /** Notes what a projection must never see; gone if the transaction is rolled back. */
    void complain(String what);

    List<String> complaints();
}
