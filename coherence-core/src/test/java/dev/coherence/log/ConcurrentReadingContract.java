package dev.coherence.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A reader that goes on from reading to reading while others write. */
abstract class ConcurrentReadingContract extends ContractPart {

    ConcurrentReadingContract(EventLogContract suite) {
        super(suite);
    }

    @Test
    void readings_one_after_another_deliver_each_action_once_and_each_append_whole() throws Exception {
        AtomicInteger writing = new AtomicInteger(suite.writers());
        List<Callable<List<RecordedAction>>> tasks = new ArrayList<>();
        for (int writer = 0; writer < suite.writers(); writer++) {
            String id = "w" + writer;
            tasks.add(() -> {
                try {
                    return write(id);
                } finally {
                    writing.decrementAndGet();
                }
            });
        }
        tasks.add(() -> readOn(writing));

        List<List<RecordedAction>> results = Threads.together(tasks);
        List<RecordedAction> read = results.remove(results.size() - 1);
        List<RecordedAction> written = results.stream().flatMap(List::stream).toList();

        assertThat(read).doesNotHaveDuplicates();
        assertThat(read.size()).isEqualTo(written.size());
        assertThat(read).containsAll(written);
    }

    /** Pairs of actions on two aggregates. */
    private List<RecordedAction> write(String id) {
        List<RecordedAction> written = new ArrayList<>();
        for (int i = 0; i < suite.changesPerWriter(); i++) {
            append(action(Identity.of("left", id), "a", i), action(Identity.of("right", id), "a", i))
                    .forEach(event -> written.add((RecordedAction) event));
        }
        return written;
    }

    private List<RecordedAction> readOn(AtomicInteger writing) {
        List<RecordedAction> read = new ArrayList<>();
        Revision seen = Revision.at(0);
        boolean last;
        do {
            last = writing.get() == 0;
            try (Reading reading = coherence.read().after(seen).open()) {
                Revision revision = reading.revision();
                List<RecordedAction> actions = reading.actions().toList();
                assertThat(actions).allMatch(revision::sees);
                assertThat(actions).extracting(RecordedAction::sequenceNumber).isSorted();
                read.addAll(actions);
                seen = revision;
            }
            assertThat(halves(read, "left")).isEqualTo(halves(read, "right"));
        } while (!last);
        return read;
    }

    private static long halves(List<RecordedAction> read, String kind) {
        return read.stream()
                .filter(action -> action.action().aggregate().kind().equals(kind))
                .count();
    }
}
