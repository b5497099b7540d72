package dev.coherence.axon.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.axonframework.eventhandling.tokenstore.TokenStore;

/** What has happened in a run, in its order, so that a failure can be understood. Thread-safe. */
final class Trace {

    private static final Set<String> SILENT =
            Set.of("extendClaim", "fetchSegments", "fetchAvailableSegments", "requiresExplicitSegmentInitialization");

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final long start = System.nanoTime();

    void add(String who, Object what) {
        long micros = (System.nanoTime() - start) / 1_000;
        lines.add("%8d %s (%s) %s".formatted(micros, who, Thread.currentThread().getName(), what));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** The store, with a line for each call that changes or claims something. */
    TokenStore tracing(TokenStore store, String node) {
        return (TokenStore) Proxy.newProxyInstance(
                TokenStore.class.getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(store, arguments);
                        if (!SILENT.contains(method.getName())) {
                            add(node, "%s %s -> %s".formatted(method.getName(), Arrays.toString(arguments), result));
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        add(
                                node,
                                "%s %s failed: %s"
                                        .formatted(method.getName(), Arrays.toString(arguments), e.getCause()));
                        throw e.getCause();
                    }
                });
    }
}
