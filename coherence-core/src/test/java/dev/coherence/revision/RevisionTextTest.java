package dev.coherence.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.value.InvalidInputException;
import dev.coherence.value.RandomTexts;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionTextTest {
    private static final String MAX = "9223372036854775807";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "41",
                "@0",
                "@1203",
                "41@1203",
                "0@0",
                "41@1203-1198",
                "@1203-9..1190.1198",
                "@5-1",
                "@5-4",
                "@5-1..4",
                "@10-1.3.5..6.8..9",
                MAX,
                "@" + MAX,
                MAX + "@" + MAX + "-1.9223372036854775806",
                "@" + MAX + "-1..9223372036854775806"
            })
    void a_canonical_text_is_read_and_written_back_identically(String text) {
        assertThat(Revision.parse(text)).hasToString(text);
    }

    @Test
    void a_text_means_version_position_and_what_was_not_seen() {
        Revision revision = Revision.parse("41@1203-9..1190.1198");

        assertThat(revision.version()).hasValue(41);
        assertThat(revision.position()).hasValue(1203);
        assertThat(revision.unseen()).containsExactly(new NumberRange(9, 1190), new NumberRange(1198, 1198));
        assertThat(Revision.parse("41")).isEqualTo(Revision.ofVersion(41));
        assertThat(Revision.parse("@1203")).isEqualTo(Revision.at(1203));
        assertThat(Revision.parse("41@1203")).isEqualTo(Revision.of(41, 1203));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // nothing, or only half of something
                "",
                "@",
                "5@",
                "-",
                "@-1",
                "5@-1",
                "@5-",
                "@5-1.",
                "@5-.1",
                "@5-1..",
                "@5-..1",
                "@5-1...3",
                "@5-1..2..3",
                "5@5@5",
                // numbers
                "+1",
                "-1",
                "01",
                "00",
                "@01",
                "@+1",
                "@5-01",
                "@5-+1",
                " 1",
                "1 ",
                "1 @2",
                "1@ 2",
                "1\n",
                "\ufeff1",
                "1.0",
                "1e3",
                "0x1",
                "a",
                "١",
                "@١",
                "１",
                "９@９",
                "1_0",
                "1,2",
                "9223372036854775808",
                "@9223372036854775808",
                "@9-1..9223372036854775808",
                "99999999999999999999999999999999",
                // ranges
                "5-1",
                "@5-0",
                "@5-0..2",
                "@5-5",
                "@5-6",
                "@5-3..5",
                "@5-3..9",
                "@0-1",
                "@9-3..3",
                "@9-4..3",
                "@9-3.3",
                "@9-3.2",
                "@9-3.4",
                "@9-1..3.4",
                "@9-1..3.3",
                "@9-1..3.2..5",
                "@9-5.1",
                "@9-3.4..6",
                "@9-1..2.3..4",
                "@" + MAX + "-9223372036854775806.5",
                "@" + MAX + "-" + MAX,
                "@" + MAX + "-1..9223372036854775806.1"
            })
    void any_other_text_is_refused(String text) {
        assertThatThrownBy(() -> Revision.parse(text)).isInstanceOfSatisfying(InvalidInputException.class, e -> {
            assertThat(e.place()).isEqualTo("revision");
            assertThat(e.problem()).contains("is not a revision such as", "offset");
        });
    }

    @Test
    void a_missing_text_is_refused() {
        assertThatThrownBy(() -> Revision.parse(null)).hasMessage("revision: is missing");
    }

    @Test
    void every_text_is_refused_or_written_back_identically() {
        List<String> texts = List.of("41@1203-9..1190.1198", "@12-1.3.5..6.8..10", "5@7-2..3.5", "9", "@9");
        int read = 0;
        for (long seed = 0; seed < 100_000; seed++) {
            Random random = new Random(seed);
            String text = RandomTexts.mutated(
                    random, texts.get(random.nextInt(texts.size())), "0123456789@-..+ \u0661\uff11");
            try {
                assertThat(Revision.parse(text).toString()).as("seed %d", seed).isEqualTo(text);
                read++;
            } catch (InvalidInputException e) {
                assertThat(e.place()).as("seed %d: %s", seed, text).isEqualTo("revision");
            }
        }
        assertThat(read).as("texts that were read").isBetween(10_000, 90_000);
    }

    @Test
    void every_short_text_is_refused_or_written_back_identically() {
        String alphabet = "012@-.";
        int read = 0;
        for (int code = 0; code < Math.pow(6, 7); code++) {
            StringBuilder text = new StringBuilder();
            for (int rest = code; rest > 0; rest /= 6) {
                text.append(alphabet.charAt(rest % 6));
            }
            try {
                if (!Revision.parse(text.toString()).toString().contentEquals(text)) {
                    throw new AssertionError(text + " is written back as something else");
                }
                read++;
            } catch (InvalidInputException e) {
                assertThat(e.place()).isEqualTo("revision");
            }
        }
        assertThat(read).as("texts that were read").isGreaterThan(1_000);
    }

    @Test
    void a_text_of_many_ranges_is_read() {
        StringBuilder text = new StringBuilder("@1000000-1");
        for (int number = 3; number < 1_000_000; number += 2) {
            text.append('.').append(number);
        }
        assertThat(Revision.parse(text.toString())).hasToString(text.toString());
    }
}
