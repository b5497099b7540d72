package dev.coherence.axon.guard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What handlers say that they were called, and what they saw. Thread-safe. */
final class Calls {

    private final List<Object> calls = Collections.synchronizedList(new ArrayList<>());

    void add(Object what) {
        calls.add(what);
    }

    void clear() {
        calls.clear();
    }

    List<Object> all() {
        return List.copyOf(calls);
    }
}
