package dev.coherence.axon.guard.race;

import dev.coherence.axon.index.EventIndex;
import dev.coherence.revision.NumberRange;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Says what a sender has read: what there is now, or less, or more. For one writer. */
final class Bases {

    private static final int REMEMBERED = 30;

    private final EventIndex index;
    private final Random random;
    private final List<Revision> heads = new ArrayList<>();

    Bases(EventIndex index, Random random) {
        this.index = index;
        this.random = random;
    }

    /** A revision, or nothing for a command without one. */
    @Nullable
    Revision forOne(Target target) {
        Revision head = head();
        long version = index.nextVersion(target.kind(), target.id()) - 1;
        if (version < 0) {
            return random.nextInt(8) == 0 ? Revision.of(random.nextInt(2), position(head)) : forSeveral();
        }
        int dice = random.nextInt(100);
        if (dice < 8) {
            return null;
        } else if (dice < 25) {
            return head.withVersion(version);
        } else if (dice < 55) {
            return older(head, 12).withVersion(older(version));
        } else if (dice < 63) {
            return Revision.ofVersion(older(version));
        } else if (dice < 78) {
            return older(head, 20);
        } else if (dice < 86) {
            return withHoles(head).withVersion(random.nextBoolean() ? version : older(version));
        } else if (dice < 90) {
            return withHoles(head);
        } else if (dice < 92) {
            return remembered().withVersion(random.nextBoolean() ? version : random.nextLong(version + 1));
        } else if (dice < 95) {
            return head.withVersion(version + 1 + random.nextInt(3));
        }
        return Revision.of(version, position(head) + (random.nextInt(4) == 0 ? 1 : 1_000_000));
    }

    /** A revision without a version, or nothing. */
    @Nullable
    Revision forSeveral() {
        Revision head = head();
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> withHoles(head);
            case 2, 3 -> head;
            default -> older(head, 10);
        };
    }

    /** What is visible now. */
    Revision head() {
        Revision head = index.head();
        heads.add(head);
        if (heads.size() > REMEMBERED) {
            heads.remove(0);
        }
        return head;
    }

    private Revision remembered() {
        return heads.get(random.nextInt(heads.size()));
    }

    private Revision older(Revision head, int most) {
        long position = Math.max(0, position(head) - random.nextInt(most));
        return Revision.at(position).withUnseen(head.unseen());
    }

    private long older(long version) {
        return Math.max(0, version - random.nextInt(4));
    }

    private Revision withHoles(Revision head) {
        long last = position(head) + 1;
        List<NumberRange> holes = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            long first = Math.max(1, last - random.nextInt(25));
            holes.add(new NumberRange(first, Math.min(last, first + random.nextInt(6))));
        }
        return head.withUnseen(holes);
    }

    private static long position(Revision head) {
        return head.position().orElse(0);
    }
}
