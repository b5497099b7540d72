package dev.coherence.axon.payload;

import static dev.coherence.axon.payload.Described.assoc;
import static dev.coherence.axon.payload.Described.patch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.coherence.action.Patch;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.Key;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.axon.annotation.NotPatched;
import dev.coherence.axon.event.Patching;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KeysOfEventTest {

    @ActionEvent(reason = "revise")
    record BookRevised(String id, String title, BigDecimal price) {}

    @Nested
    class Of_a_record {
        @Test
        void are_its_components_without_the_identifier() {
            assertThat(assoc(new BookRevised("#1", "Neuromancer", new BigDecimal("9.50"))))
                    .containsExactly(entry("price", "9.5"), entry("title", "\"Neuromancer\""));
        }

        @Test
        void do_not_count_where_they_are_null() {
            assertThat(assoc(new BookRevised("#1", null, BigDecimal.TEN))).containsExactly(entry("price", "10"));
        }

        @Test
        void touch_nothing_if_all_are_null() {
            assertThat(patch(new BookRevised("#1", null, null)).touchesNothing())
                    .isTrue();
        }
    }

    record Address(String city, Street street, @NotPatched String note) {}

    record Street(String name, @Key("house.number") Integer number) {}

    @ActionEvent(reason = "move")
    record Moved(
            String id, Address address, @Key("billing.to") Optional<Address> billing) {}

    @Nested
    class Of_nested_records {
        @Test
        void lie_below_the_key_of_the_record() {
            Address address = new Address("Berlin", new Street("Ring", 7), "x");
            assertThat(assoc(new Moved("#1", address, Optional.empty())))
                    .containsExactly(
                            entry("address.city", "\"Berlin\""),
                            entry("address.street.house.number", "7"),
                            entry("address.street.name", "\"Ring\""));
        }

        @Test
        void lie_below_the_renamed_key_of_the_record() {
            assertThat(assoc(new Moved("#1", null, Optional.of(new Address("Berlin", null, null)))))
                    .containsExactly(entry("billing.to.city", "\"Berlin\""));
        }

        @Test
        void touch_nothing_if_all_are_null() {
            assertThat(patch(new Moved("#1", new Address(null, null, null), Optional.empty()))
                            .touchesNothing())
                    .isTrue();
        }
    }

    @Nested
    class May_be_renamed {
        @ActionEvent(reason = "rename")
        record Renamed(
                String id,
                @Key("a.b") String one,
                @Key("\"a.b\"") String two) {}

        @Test
        void by_a_path_or_by_a_quoted_key() {
            assertThat(assoc(new Renamed("#1", "x", "y")))
                    .containsExactly(entry("a.b", "\"x\""), entry("\"a.b\"", "\"y\""));
        }

        @ActionEvent(reason = "rename")
        record Kept(@Key("isbn") String id, String title) {}

        @Test
        void which_keeps_even_the_identifier_in_the_patch() {
            assertThat(assoc(new Kept("#1", null))).containsExactly(entry("isbn", "\"#1\""));
        }

        @ActionEvent(reason = "rename")
        record KeptTrigger(
                String id,
                @Key("key") @LinkedTo("encryption-key") String keyId) {}

        @Test
        void which_keeps_even_a_trigger_in_the_patch() {
            assertThat(assoc(new KeptTrigger("#1", "17"))).containsExactly(entry("key", "\"17\""));
        }
    }

    abstract static class Base<T> {
        static final String CONSTANT = "no component";
        final String id;
        transient String cached = "no component";

        @Key("content")
        final T value;

        Base(String id, T value) {
            this.id = id;
            this.value = value;
        }
    }

    static class Middle<A, B> extends Base<List<B>> {
        final A other;

        Middle(String id, A other, List<B> value) {
            super(id, value);
            this.other = other;
        }
    }

    @ActionEvent(reason = "change")
    static class Changed extends Middle<Street, Integer> {
        private final String title;
        private final boolean open;

        Changed(String id, Street other, List<Integer> value, String title) {
            super(id, other, value);
            this.title = title;
            this.open = true;
        }

        @Key("name")
        public String getTitle() {
            return title;
        }

        @Key("isOpen")
        public boolean isOpen() {
            return open;
        }
    }

    static final class ChangedAgain extends Changed {
        ChangedAgain() {
            super("#1", null, null, "again");
        }
    }

    @Nested
    class Of_a_plain_class {
        @Test
        void are_its_fields_and_those_of_its_super_classes() {
            assertThat(assoc(new Changed("#1", new Street("Ring", null), List.of(1, 2), "Neuromancer")))
                    .containsExactly(
                            entry("content", "[1,2]"),
                            entry("isOpen", "true"),
                            entry("name", "\"Neuromancer\""),
                            entry("other.name", "\"Ring\""));
        }

        @Test
        void are_inherited_with_the_annotation() {
            assertThat(assoc(new ChangedAgain())).containsOnlyKeys("isOpen", "name");
        }

        @Test
        void begin_with_those_of_the_topmost_class() {
            Mistakes mistakes = new Mistakes(Changed.class);
            assertThat(new Components(mistakes).of(ResolvedType.of(Changed.class)))
                    .extracting(Component::name)
                    .containsExactly("id", "value", "other", "title", "open");
        }
    }

    @ActionEvent(reason = "shared")
    sealed interface Shared {
        @Key("heading")
        String title();
    }

    record Titled(String id, String title) implements Shared {}

    record TitledOtherwise(
            String id, @Override @Key("caption") String title) implements Shared {}

    @ActionEvent(reason = "computed")
    record Computed(String id, int net, int tax) {
        @Key("gross")
        int getGross() {
            return net + tax;
        }
    }

    @Nested
    class Annotations {
        @Test
        void of_an_interface_hold_for_its_records() {
            assertThat(assoc(new Titled("#1", "x"))).containsExactly(entry("heading", "\"x\""));
            assertThat(Described.descriptor(new Titled("#1", "x")).reason()).isEqualTo("shared");
        }

        @Test
        void of_an_interface_give_way_to_those_of_the_record() {
            assertThat(assoc(new TitledOtherwise("#1", "x"))).containsExactly(entry("caption", "\"x\""));
        }

        @Test
        void on_a_method_without_field_make_a_component_of_it() {
            assertThat(assoc(new Computed("#1", 10, 2)))
                    .containsOnlyKeys("net", "tax", "gross")
                    .containsEntry("gross", "12");
        }

        @Test
        void on_a_record_component_count_once_on_field_and_accessor() {
            assertThat(new EventDescriptors().mistakes(Moved.class)).isEmpty();
        }
    }

    record Self(String removed) implements Patching {
        @Override
        public Patch patch() {
            return removed == null
                    ? Patch.nothing()
                    : Patch.builder().dissoc(removed).build();
        }
    }

    @ActionEvent(reason = "own words")
    record AnnotatedSelf(Thread unreadable, Patch patch) implements Patching {}

    @Nested
    class Said_by_the_event_itself {
        @Test
        void may_be_removed() {
            assertThat(patch(new Self("title")))
                    .isEqualTo(Patch.builder().dissoc("title").build());
        }

        @Test
        void are_an_action() {
            assertThat(Described.descriptor(new Self(null)).isAction()).isTrue();
            assertThat(Described.descriptor(new Self(null)).reason()).isEqualTo("Self");
            assertThat(patch(new Self(null)).touchesNothing()).isTrue();
        }

        @Test
        void need_no_components_that_can_be_values_and_take_the_reason_of_the_annotation() {
            AnnotatedSelf event = new AnnotatedSelf(null, Patch.everything());
            assertThat(patch(event).touchesEverything()).isTrue();
            assertThat(Described.descriptor(event).reason()).isEqualTo("own words");
        }
    }
}
