package dev.coherence.axon.command;

import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.axon.event.CoherenceMetaData;
import dev.coherence.axon.event.EventNumbers;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.axonframework.commandhandling.CommandMessage;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a command says of base, resolved events and policy, from its annotated members and from its metadata. What is
 * said in both places must be the same. Thread-safe.
 */
public final class CommandReader {

    private static final String METADATA = "metadata ";

    private CommandReader() {}

    /** Returns what is wrong with the annotations of the command class: one sentence each, which names the member. */
    public static List<String> mistakes(Class<?> commandType) {
        return List.copyOf(CommandClass.of(commandType).mistakes());
    }

    /** Whether commands of the class can have a revision. */
    public static boolean hasRevision(Class<?> commandType) {
        return CommandClass.of(commandType).revision().isPresent();
    }

    /**
     * Reads a command.
     *
     * @throws InvalidCommandException if something that it says cannot be read, or contradicts something else
     */
    public static CommandIntent read(CommandMessage<?> command) {
        CommandClass type = CommandClass.of(command.getPayloadType());
        if (!type.mistakes().isEmpty()) {
            throw new InvalidCommandException(
                    command.getPayloadType().getSimpleName(), String.join("; ", type.mistakes()));
        }
        Optional<Revision> base = base(command, type);
        SortedSet<Long> resolved = resolved(command, type);
        if (base.isEmpty() && !resolved.isEmpty()) {
            throw new InvalidCommandException(
                    command.getPayloadType().getSimpleName(),
                    "lists resolved events but has no revision; say what was read, with @TargetRevision or the metadata"
                            + " key " + CoherenceMetaData.BASE);
        }
        return new CommandIntent(command.getCommandName(), base, resolved, policy(command, type));
    }

    private static Optional<Revision> base(CommandMessage<?> command, CommandClass type) {
        Optional<Revision> annotated =
                type.revision().flatMap(member -> revision(member.place(), member.read(command.getPayload())));
        Optional<Revision> sent = revision(
                METADATA + CoherenceMetaData.BASE, command.getMetaData().get(CoherenceMetaData.BASE));
        if (annotated.isPresent() && sent.isPresent() && !annotated.equals(sent)) {
            throw new InvalidCommandException(
                    METADATA + CoherenceMetaData.BASE,
                    "says %s, but the command itself says %s; send one of them".formatted(sent.get(), annotated.get()));
        }
        return annotated.or(() -> sent);
    }

    private static Optional<Revision> revision(String place, @Nullable Object value) {
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Revision revision) {
            return Optional.of(revision);
        }
        if (value instanceof String text) {
            return Optional.of(read(place, () -> Revision.parse(text)));
        }
        if (value instanceof Long || value instanceof Integer) {
            return Optional.of(read(place, () -> Revision.ofVersion(((Number) value).longValue())));
        }
        throw new InvalidCommandException(
                place,
                "must be a Revision, its text, or a long that is a version, but is a "
                        + value.getClass().getName());
    }

    private static <T> T read(String place, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (InvalidInputException e) {
            throw new InvalidCommandException(place, e.problem());
        }
    }

    private static SortedSet<Long> resolved(CommandMessage<?> command, CommandClass type) {
        SortedSet<Long> resolved = new TreeSet<>();
        type.resolved().ifPresent(member -> addNumbers(member.place(), member.read(command.getPayload()), resolved));
        addNumbers(
                METADATA + CoherenceMetaData.RESOLVED, command.getMetaData().get(CoherenceMetaData.RESOLVED), resolved);
        return resolved;
    }

    private static void addNumbers(String place, @Nullable Object value, SortedSet<Long> numbers) {
        if (value instanceof long[] array) {
            LongStream.of(array).forEach(number -> numbers.add(checked(place, number)));
        } else if (value instanceof Iterable<?> several) {
            several.forEach(number -> numbers.add(number(place, number)));
        } else if (value instanceof String text) {
            numbers.addAll(read(place, () -> EventNumbers.parse(text)));
        } else if (value != null) {
            throw new InvalidCommandException(
                    place,
                    "must be a collection of sequence numbers, but is a "
                            + value.getClass().getName());
        }
    }

    private static long number(String place, @Nullable Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return checked(place, ((Number) value).longValue());
        }
        if (value instanceof String text) {
            return read(place, () -> EventNumbers.parseOne(text));
        }
        throw new InvalidCommandException(
                place,
                "holds %s, but a sequence number is an integer of 1 or more"
                        .formatted(InvalidInputException.quoted(String.valueOf(value))));
    }

    private static long checked(String place, long number) {
        if (number < 1) {
            throw new InvalidCommandException(place, "holds %d, but a sequence number is 1 or more".formatted(number));
        }
        return number;
    }

    private static Optional<ConflictPolicy> policy(CommandMessage<?> command, CommandClass type) {
        Object sent = command.getMetaData().get(CoherenceMetaData.POLICY);
        if (sent == null) {
            return type.policy();
        }
        try {
            return Optional.of(ConflictPolicy.valueOf(String.valueOf(sent).toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new InvalidCommandException(
                    METADATA + CoherenceMetaData.POLICY,
                    "must be strict or merge, but is " + InvalidInputException.quoted(String.valueOf(sent)));
        }
    }
}
