package dev.coherence.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every storage of keys promises. */
public abstract class KeyStorageContract {

    private static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123456Z");
    private static final Instant LATER = NOW.plusSeconds(1);
    private static final WrappedKey WRAPPED = new WrappedKey("2025", "AAAA");

    private KeyStorage storage;

    /** An empty storage. */
    protected abstract KeyStorage create();

    @BeforeEach
    void open() {
        storage = create();
    }

    private static Identity name(String id) {
        return Identity.of("customer", id);
    }

    private static StoredKey key(String id) {
        return StoredKey.created(name(id), Optional.empty(), NOW, Optional.empty(), WRAPPED);
    }

    private static StoredKey key(String id, Instant end) {
        return StoredKey.created(name(id), Optional.of("customer"), NOW, Optional.of(end), WRAPPED);
    }

    @Nested
    class A_key {

        @Test
        void is_found_as_it_was_inserted() {
            assertThat(storage.insert(key("a"))).isTrue();
            assertThat(storage.insert(key("b", LATER))).isTrue();

            assertThat(storage.find(name("a"))).contains(key("a"));
            assertThat(storage.find(name("b"))).contains(key("b", LATER));
            assertThat(storage.find(name("c"))).isEmpty();
        }

        @Test
        void has_a_name_that_is_given_once() {
            storage.insert(key("a"));
            assertThat(storage.insert(key("a", LATER))).isFalse();
            assertThat(storage.find(name("a"))).contains(key("a"));
        }

        @Test
        void has_a_name_that_is_not_given_again_once_it_has_ended() {
            storage.insert(key("a"));
            storage.change(name("a"), key -> key.ended(NOW));
            assertThat(storage.insert(key("a"))).isFalse();
            assertThat(storage.find(name("a"))).contains(key("a").ended(NOW));
        }

        @Test
        void is_told_from_others_by_each_character_of_its_name() {
            List<Identity> names = List.of(
                    Identity.of("customer", "a"),
                    Identity.of("customer", "A"),
                    Identity.of("customer", "a "),
                    Identity.of("customers", "a"),
                    Identity.of("c:ustomer", "a"),
                    Identity.of("customer", "ä😀'%_"));
            for (Identity name : names) {
                assertThat(storage.insert(StoredKey.created(name, Optional.empty(), NOW, Optional.empty(), WRAPPED)))
                        .as("%s", name)
                        .isTrue();
            }
            assertThat(names)
                    .allSatisfy(name ->
                            assertThat(storage.find(name).map(StoredKey::name)).contains(name));
        }
    }

    @Nested
    class A_change {

        @Test
        void is_stored() {
            storage.insert(key("a"));
            StoredKey changed = key("a").endingAt(LATER)
                    .wrappedAs(new WrappedKey("2026", "BBBB"))
                    .ended(LATER)
                    .toldBy(17);

            assertThat(storage.change(name("a"), key -> changed)).contains(changed);
            assertThat(storage.find(name("a"))).contains(changed);
        }

        @Test
        void to_no_key_does_nothing() {
            assertThat(storage.change(name("a"), key -> key("a"))).isEmpty();
            assertThat(storage.find(name("a"))).isEmpty();
        }

        @Test
        void that_fails_changes_nothing() {
            storage.insert(key("a"));
            assertThatThrownBy(() -> storage.change(name("a"), key -> {
                        throw new IllegalStateException("no");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no");
            assertThat(storage.find(name("a"))).contains(key("a"));
        }
    }

    @Nested
    class Keys_that_are_held {

        @Test
        void are_given_by_name_and_others_left_out() {
            storage.insert(key("a"));
            storage.insert(key("b"));
            storage.change(name("b"), key -> key.ended(NOW));

            assertThat(storage.hold(new TreeSet<>(List.of(name("a"), name("b"), name("c")))))
                    .containsOnlyKeys(name("a"), name("b"))
                    .containsEntry(name("a"), key("a"))
                    .containsEntry(name("b"), key("b").ended(NOW));
        }

        @Test
        void may_be_none() {
            assertThat(storage.hold(new TreeSet<>())).isEmpty();
        }
    }

    @Nested
    class Keys_that_are_due {

        @Test
        void are_changed_from_the_oldest_on() {
            storage.insert(key("late", NOW.plusSeconds(3)));
            storage.insert(key("first", NOW.plusSeconds(1)));
            storage.insert(key("second", NOW.plusSeconds(2)));
            storage.insert(key("unlimited"));
            Instant now = NOW.plusSeconds(2);

            assertThat(storage.changeDue(now, 1, key -> key.ended(now)))
                    .containsExactly(key("first", NOW.plusSeconds(1)).ended(now));
            assertThat(storage.changeDue(now, 5, key -> key.ended(now)))
                    .containsExactly(key("second", now).ended(now));
            assertThat(storage.changeDue(now, 5, key -> key.ended(now))).isEmpty();
            assertThat(storage.find(name("late"))).contains(key("late", NOW.plusSeconds(3)));
        }

        @Test
        void are_untold_until_they_are_told() {
            storage.insert(key("b", NOW));
            storage.insert(key("a", NOW));
            storage.change(name("b"), key -> key.ended(NOW));
            storage.change(name("a"), key -> key.ended(LATER));
            assertThat(storage.untold(5)).extracting(StoredKey::name).containsExactly(name("b"), name("a"));
            assertThat(storage.untold(1)).extracting(StoredKey::name).containsExactly(name("b"));

            storage.change(name("b"), key -> key.toldBy(8));
            assertThat(storage.untold(5)).extracting(StoredKey::name).containsExactly(name("a"));
        }
    }

    @Nested
    class A_list {

        @Test
        void has_each_key_once_on_its_pages() {
            List<StoredKey> keys = new ArrayList<>();
            IntStream.range(0, 7).forEach(i -> keys.add(key("" + (i * 5 % 7))));
            keys.add(StoredKey.created(Identity.of("a:b", "9"), Optional.empty(), NOW, Optional.empty(), WRAPPED));
            keys.add(key("Ä"));
            keys.add(key("ended").ended(NOW));
            keys.forEach(storage::insert);

            List<StoredKey> listed = new ArrayList<>();
            List<StoredKey> page = storage.list(Optional.empty(), 3);
            while (!page.isEmpty()) {
                assertThat(page).hasSizeLessThanOrEqualTo(3);
                listed.addAll(page);
                page = storage.list(Optional.of(page.get(page.size() - 1).name()), 3);
            }
            assertThat(listed).containsExactlyInAnyOrderElementsOf(keys);
        }
    }

    @Nested
    class The_latest_instant {

        @Test
        void is_none_at_first() {
            assertThat(storage.latest()).isEmpty();
        }

        @Test
        void is_that_of_a_creation_or_an_end() {
            storage.insert(key("a", NOW.plusSeconds(99)));
            assertThat(storage.latest()).contains(NOW);
            storage.change(name("a"), key -> key.ended(LATER));
            storage.insert(key("b"));
            assertThat(storage.latest()).contains(LATER);
        }
    }
}
