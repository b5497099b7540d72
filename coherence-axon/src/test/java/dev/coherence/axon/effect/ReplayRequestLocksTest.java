package dev.coherence.axon.effect;

import dev.coherence.action.Identity;
import dev.coherence.axon.OwnThread;
import dev.coherence.axon.index.LockMode;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReplayRequestLocksTest extends OnEveryDatabase {

    @Test
    void a_request_for_a_replay_waits_for_no_lock() {
        Identity vault = Identity.of(Vault.KIND, newId());
        inTransaction(() -> {
            app.store.index.lock(new TreeMap<>(Map.of(vault, LockMode.EXCLUSIVE)));
            OwnThread.run(() -> effects.replay(vault, "mended")).join();
        });
    }
}
