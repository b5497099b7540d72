package dev.coherence.axon.processor;

import static java.util.Objects.requireNonNull;

import dev.coherence.axon.index.ReplayIndex;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.axonframework.common.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The processors of a configuration that take part in replays. */
final class WatchedReplays implements Replays {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedReplays.class);

    private final List<ReplayListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, WatchedProcessor> processors = new ConcurrentSkipListMap<>();

    WatchedProcessor watch(String processor, ReplayIndex index, Set<String> groups) {
        WatchedProcessor watched = new WatchedProcessor(processor, new WindowCounts(index, groups), this::tell);
        processors.put(processor, watched);
        return watched;
    }

    /** The processing groups that take part. */
    Set<String> groups() {
        return processors.values().stream()
                .flatMap(processor -> processor.groups().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<ReplayProgress> progress() {
        return processors.values().stream()
                .flatMap(processor -> processor.progress().stream())
                .toList();
    }

    @Override
    public Registration listen(ReplayListener listener) {
        ReplayListener added = requireNonNull(listener, "listener");
        listeners.add(added);
        return () -> listeners.remove(added);
    }

    private void tell(List<Consumer<ReplayListener>> calls) {
        for (Consumer<ReplayListener> call : calls) {
            for (ReplayListener listener : listeners) {
                try {
                    call.accept(listener);
                } catch (RuntimeException | Error e) { // the transaction is committed, and nobody else is to hear of it
                    LOG.warn("The replay listener {} failed", listener, e);
                }
            }
        }
    }
}
