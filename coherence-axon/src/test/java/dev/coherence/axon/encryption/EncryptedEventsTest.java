package dev.coherence.axon.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.Encrypted;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.axon.annotation.Replacement;
import dev.coherence.encryption.Encryption;
import dev.coherence.key.DataKey;
import dev.coherence.key.InMemoryKeyStorage;
import dev.coherence.key.KeyTerm;
import dev.coherence.key.KeyVault;
import dev.coherence.key.LocalMasterKeys;
import dev.coherence.key.RetentionClasses;
import dev.coherence.key.StoredKeyVault;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.json.JacksonSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What an event serializer stores of components that are encrypted, and what comes back. */
@ParameterizedClass(name = "{0}")
@EnumSource
class EncryptedEventsTest {

    enum With {
        JACKSON_2 {
            @Override
            Serializer serializer(Encryption encryption) {
                return JacksonSerializer.builder()
                        .objectMapper(new ObjectMapper()
                                .findAndRegisterModules()
                                .registerModule(new EncryptionJackson2Module(encryption)))
                        .build();
            }
        },
        JACKSON_3 {
            @Override
            Serializer serializer(Encryption encryption) {
                return Jackson3Serializer.builder()
                        .jsonMapperBuilderCustomizer(
                                mapper -> mapper.addModule(new EncryptionJackson3Module(encryption)))
                        .build();
            }
        };

        abstract Serializer serializer(Encryption encryption);
    }

    private static final Identity ANN = Identity.of("customer", "ann");
    private static final Identity BOB = Identity.of("customer", "bob");

    private final KeyVault vault = new StoredKeyVault(
            new InMemoryKeyStorage(),
            LocalMasterKeys.of("1", Map.of("1", Base64.getEncoder().encodeToString(new byte[DataKey.BYTES]))),
            RetentionClasses.none(),
            Clock.systemUTC());
    private final Serializer serializer;

    EncryptedEventsTest(With with) {
        serializer = with.serializer(Encryption.with(vault));
    }

    @BeforeEach
    void createKeys() {
        vault.create(ANN, KeyTerm.unlimited());
        vault.create(BOB, KeyTerm.unlimited());
    }

    record Paid(
            @LinkedTo("customer") String customer,

            @Encrypted(value = "paid.card", keepLast = 4, replacement = "****") @Nullable
            String card,

            @Encrypted("paid.amount") @Nullable BigDecimal amount,

            @Encrypted(value = "paid.on", replacement = "1970-01-01") @Nullable
            LocalDate on,

            String clear) {}

    private static final Paid PAID =
            new Paid("ann", "4111222233334444", new BigDecimal("12.50"), LocalDate.of(2026, 11, 24), "shown");

    private SerializedObject<String> store(Object event) {
        return serializer.serialize(event, String.class);
    }

    private <T> T read(Class<T> type, SerializedObject<String> stored) {
        return type.cast(serializer.deserialize(stored));
    }

    @Test
    void hides_what_is_marked_and_nothing_else() {
        String stored = store(PAID).getData();
        assertThat(stored)
                .contains("shown", "****4444", "\"ann\"", "paid.card")
                .doesNotContain("4111", "12.5", "2026-11-24", "[2026");
    }

    @Test
    void gives_it_back_in_its_own_type() {
        assertThat(read(Paid.class, store(PAID))).isEqualTo(PAID);
    }

    @Test
    void replaces_it_when_its_key_has_ended() {
        SerializedObject<String> stored = store(PAID);
        vault.end(ANN);
        assertThat(read(Paid.class, stored)).isEqualTo(new Paid("ann", "****4444", null, LocalDate.EPOCH, "shown"));
    }

    @Test
    void stores_null_as_null() {
        Paid nothing = new Paid("ann", null, null, null, "shown");
        SerializedObject<String> stored = store(nothing);
        assertThat(stored.getData()).doesNotContain("$encrypted");
        assertThat(read(Paid.class, stored)).isEqualTo(nothing);
    }

    @Test
    void keeps_no_character_of_a_text_that_is_too_short() {
        SerializedObject<String> stored = store(new Paid("ann", "1234567", null, null, ""));
        assertThat(stored.getData()).doesNotContain("4567");
        vault.end(ANN);
        assertThat(read(Paid.class, stored).card()).isEqualTo("****");
    }

    @Test
    void reads_what_was_stored_in_clear_before() {
        String clear = "{\"customer\":\"ann\",\"card\":\"4111\",\"amount\":12.50,\"on\":null,\"clear\":\"\"}";
        Paid read = read(Paid.class, new SimpleSerializedObject<>(clear, String.class, Paid.class.getName(), null));
        assertThat(read.card()).isEqualTo("4111");
        assertThat(read.amount()).isEqualByComparingTo("12.50");
    }

    @Test
    void refuses_an_ended_and_an_unknown_key_and_none() {
        vault.end(ANN);
        assertThatThrownBy(() -> store(PAID)).hasStackTraceContaining("customer:ann");
        assertThatThrownBy(() -> store(new Paid("eve", "4111", null, null, "")))
                .hasStackTraceContaining("customer:eve");
    }

    record Address(String street, List<String> lines) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({@JsonSubTypes.Type(value = Mail.class, name = "mail")})
    sealed interface Contact permits Mail {}

    record Mail(String to) implements Contact {}

    enum Color {
        RED
    }

    record Moved(
            @LinkedTo("customer") String customer,
            @Encrypted("moved.address") @Nullable Address address,
            @Encrypted("moved.all") @Nullable List<Address> all,
            @Encrypted("moved.by-name") @Nullable Map<String, Address> byName,
            @Encrypted("moved.contact") @Nullable Contact contact,
            @Encrypted("moved.color") @Nullable Color color,
            @Encrypted("moved.set") @Nullable Set<Integer> numbers,
            @Encrypted("moved.count") int count) {}

    @Test
    void takes_records_collections_maps_primitives_and_polymorphic_ones() {
        Address address = new Address("Secret Street", List.of("secret line"));
        Moved moved = new Moved(
                "ann",
                address,
                List.of(address),
                Map.of("home", address),
                new Mail("secret@mail"),
                Color.RED,
                Set.of(4711),
                4712);
        SerializedObject<String> stored = store(moved);
        assertThat(stored.getData()).doesNotContain("ecret", "RED", "471", "home");
        assertThat(read(Moved.class, stored)).isEqualTo(moved);
        vault.end(ANN);
        assertThat(read(Moved.class, stored)).isEqualTo(new Moved("ann", null, null, null, null, null, null, 0));
    }

    record Member(
            @LinkedTo("customer") String id,
            @Encrypted("member.name") @Nullable String name) {}

    record Line(@Encrypted("line.text") @Nullable String text) {}

    record Joined(
            @LinkedTo("customer") String host,
            @LinkedTo("customer") String guest,

            @Encrypted(value = "joined.host", key = "host") @Nullable
            String hostName,

            @Encrypted(value = "joined.guest", key = "guest") @Nullable
            String guestName,

            List<Member> members) {}

    record Noted(@LinkedTo("customer") String customer, List<Line> lines) {}

    @Test
    void takes_the_key_of_each_subject() {
        Joined joined =
                new Joined("ann", "bob", "Ann", "Bob", List.of(new Member("ann", "Ann"), new Member("bob", "Bob")));
        SerializedObject<String> stored = store(joined);
        vault.end(BOB);
        assertThat(read(Joined.class, stored))
                .isEqualTo(new Joined(
                        "ann", "bob", "Ann", null, List.of(new Member("ann", "Ann"), new Member("bob", null))));
    }

    @Test
    void looks_for_the_key_in_what_holds_it_too() {
        Noted noted = new Noted("ann", List.of(new Line("one"), new Line("two")));
        SerializedObject<String> stored = store(noted);
        assertThat(stored.getData()).doesNotContain("one", "two");
        assertThat(read(Noted.class, stored)).isEqualTo(noted);
    }

    static final class Label implements Replacement {
        @Override
        public Object of(String label, Identity key) {
            return label + " of " + key;
        }
    }

    record Named(
            @LinkedTo("customer") String customer,

            @Encrypted(value = "named", replacedBy = Label.class)
            String name) {}

    @Test
    void is_replaced_by_what_a_class_says() {
        SerializedObject<String> stored = store(new Named("ann", "Ann"));
        vault.end(ANN);
        assertThat(read(Named.class, stored).name()).isEqualTo("named of customer:ann");
    }

    record Keyless(@Encrypted("keyless") String name) {}

    record Ambiguous(
            @LinkedTo("customer") String host,
            @LinkedTo("customer") String guest,
            @Encrypted("ambiguous") String name) {}

    @Test
    void refuses_what_has_no_key_or_may_have_several() {
        assertThatThrownBy(() -> store(new Keyless("x"))).hasStackTraceContaining("@LinkedTo");
        assertThatThrownBy(() -> store(new Ambiguous("ann", "bob", "x"))).hasStackTraceContaining("host, guest");
        assertThatThrownBy(() -> store(new Joined("ann", "bob", "Ann", "Bob", List.of(new Member(null, "Eve")))))
                .hasStackTraceContaining("is null");
    }

    record Renamed(
            @LinkedTo("customer") String customer,
            @Encrypted("paid.amount") @Nullable String card) {}

    @Test
    void is_read_at_its_own_label_only() {
        String stored = store(PAID).getData();
        SerializedObject<String> moved = new SimpleSerializedObject<>(
                stored.replace(",\"clear\":\"shown\"", "").replaceAll(",\"amount\".*?\"on\".*", "}"),
                String.class,
                Renamed.class.getName(),
                null);
        assertThatThrownBy(() -> read(Renamed.class, moved)).hasStackTraceContaining("was encrypted for paid.card");
    }

    record Numbered(
            @LinkedTo("customer") String customer,
            @Encrypted("typed") Object value) {}

    record Counted(
            @LinkedTo("customer") String customer,
            @Encrypted("typed") int value) {}

    @Test
    void tells_nothing_of_the_clear_value_when_it_cannot_be_read() {
        String stored = store(new Numbered("ann", "secret")).getData();
        assertThatThrownBy(() -> read(
                        Counted.class,
                        new SimpleSerializedObject<>(stored, String.class, Counted.class.getName(), null)))
                .hasStackTraceContaining("@Encrypted(\"typed\")")
                .satisfies(thrown -> assertThat(Stream.iterate(thrown, cause -> cause != null, Throwable::getCause))
                        .noneMatch(cause -> String.valueOf(cause.getMessage()).contains("secret")));
    }
}
