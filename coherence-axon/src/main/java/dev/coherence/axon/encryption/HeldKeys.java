package dev.coherence.axon.encryption;

import dev.coherence.action.Identity;
import dev.coherence.encryption.Encryption;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** The keys that a transaction holds, so that none ends before what is encrypted with it is stored. */
final class HeldKeys {

    private static final String RESOURCE = HeldKeys.class.getName();

    private HeldKeys() {}

    /** Holds the keys until the transaction of the unit of work ends; asks the vault once for each of them. */
    static void hold(Encryption encryption, SortedSet<Identity> keys) {
        if (!CurrentUnitOfWork.isStarted()) {
            encryption.hold(keys);
            return;
        }
        UnitOfWork<?> root = CurrentUnitOfWork.get().root();
        Set<Identity> held = root.getOrComputeResource(RESOURCE, name -> new HashSet<>());
        SortedSet<Identity> missing = new TreeSet<>(keys);
        missing.removeAll(held);
        encryption.hold(missing);
        held.addAll(missing);
    }
}
