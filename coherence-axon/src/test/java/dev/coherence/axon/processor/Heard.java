package dev.coherence.axon.processor;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** What a listener was told, in order. */
final class Heard implements ReplayListener {

    /** A call, with what was replayed in the transaction if it is one of progress. */
    record Call(String name, WindowProgress window, Replayed replayed) {

        /** Such as {@code progressed 1/2}: aggregates and events since the window was opened. */
        @Override
        public String toString() {
            Replayed all = window.replayed();
            return "%s %d/%d%s"
                    .formatted(name, all.aggregates(), all.events(), window.takenOver() ? " taken over" : "");
        }
    }

    final List<Call> calls = new CopyOnWriteArrayList<>();

    @Override
    public void opened(WindowProgress window) {
        calls.add(new Call("opened", window, Replayed.NOTHING));
    }

    @Override
    public void progressed(WindowProgress window, Replayed replayed) {
        calls.add(new Call("progressed", window, replayed));
    }

    @Override
    public void closed(WindowProgress window) {
        calls.add(new Call("closed", window, Replayed.NOTHING));
    }

    @Override
    public void left(WindowProgress window) {
        calls.add(new Call("left", window, Replayed.NOTHING));
    }

    List<String> told() {
        return calls.stream().map(Call::toString).toList();
    }

    /** What was replayed in all transactions together. */
    Replayed replayed() {
        return calls.stream().map(Call::replayed).reduce(Replayed.NOTHING, Replayed::plus);
    }

    List<Call> of(int segment) {
        return calls.stream().filter(call -> call.window().segment() == segment).toList();
    }

    void await(String name, int times) {
        Awaitility.await()
                .atMost(ReplayApplication.PATIENCE)
                .until(() ->
                        calls.stream().filter(call -> call.name().equals(name)).count() >= times);
    }
}
