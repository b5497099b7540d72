package dev.coherence.axon.payload;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.coherence.action.Identity;
import dev.coherence.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** The types of single values: which there are, what they become in a patch, and how those with one text are printed. */
final class Scalars {

    private static final Set<Class<?>> INTEGRAL = Set.of(
            byte.class,
            Byte.class,
            short.class,
            Short.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            BigInteger.class);
    private static final Set<Class<?>> OTHER_PLAIN = Set.of(
            boolean.class, Boolean.class, float.class, Float.class, double.class, Double.class, BigDecimal.class);

    /** Types whose texts differ wherever their values do. A duration prints alike however it was made; a URL as it is. */
    private static final Set<Class<?>> PRINTED = Set.of(
            char.class,
            Character.class,
            Duration.class,
            Instant.class,
            LocalDate.class,
            LocalDateTime.class,
            LocalTime.class,
            MonthDay.class,
            OffsetDateTime.class,
            OffsetTime.class,
            Period.class,
            Year.class,
            YearMonth.class,
            ZonedDateTime.class,
            Currency.class,
            UUID.class,
            URI.class,
            URL.class,
            Identity.class);

    private static final Map<Class<?>, Function<Object, String>> TEXTS = Stream.concat(
                    PRINTED.stream(), INTEGRAL.stream())
            .collect(toUnmodifiableMap(type -> type, type -> Object::toString));

    private Scalars() {}

    /** How a value of this class, null excepted, enters a patch; empty if the class is none of single values. */
    static Optional<Form> form(Class<?> type) {
        if (isPlain(type)) {
            return Optional.of((value, walk) -> walk.scalar(value));
        }
        return text(type).map(text -> (value, walk) -> walk.scalar(text.apply(value)));
    }

    /** What {@link Value#of} takes as it is. */
    private static boolean isPlain(Class<?> type) {
        return OTHER_PLAIN.contains(type) || INTEGRAL.contains(type) || Value.class.isAssignableFrom(type);
    }

    /** How values of this class are printed; empty if they are no single values or do not have one text each. */
    static Optional<Function<Object, String>> text(Class<?> type) {
        Function<Object, String> printed = TEXTS.get(type);
        if (printed != null) {
            return Optional.of(printed);
        }
        if (CharSequence.class.isAssignableFrom(type) || ZoneId.class.isAssignableFrom(type)) {
            return Optional.of(Object::toString);
        }
        if (type == Locale.class) {
            return Optional.of(locale -> printed((Locale) locale));
        }
        // A constant with a body is of a class of its own below that of the enum.
        boolean isEnum = Enum.class.isAssignableFrom(type) && type != Enum.class;
        return isEnum ? Optional.of(constant -> ((Enum<?>) constant).name()) : Optional.empty();
    }

    /** Some locales that Java accepts have no language tag of their own. */
    private static String printed(Locale locale) {
        String tag = locale.toLanguageTag();
        return Locale.forLanguageTag(tag).equals(locale)
                ? tag
                : String.join("_", locale.getLanguage(), locale.getCountry(), locale.getVariant());
    }
}
