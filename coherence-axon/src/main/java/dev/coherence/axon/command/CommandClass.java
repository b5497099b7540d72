package dev.coherence.axon.command;

import dev.coherence.axon.annotation.OnConflict;
import dev.coherence.axon.annotation.ResolvedConflicts;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.revision.Revision;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is annotated on a command class. Found once for each class; immutable. */
final class CommandClass {

    private static final ClassValue<CommandClass> CLASSES = new ClassValue<>() {
        @Override
        protected CommandClass computeValue(Class<?> type) {
            return new CommandClass(type);
        }
    };

    private final @Nullable AnnotatedMember revision;
    private final @Nullable AnnotatedMember resolved;
    private final @Nullable ConflictPolicy policy;
    private final List<String> mistakes = new ArrayList<>();

    private CommandClass(Class<?> type) {
        this.revision = member(
                type,
                TargetRevision.class,
                CommandClass::isRevision,
                "a Revision, a String, or a long that is a version");
        this.resolved =
                member(type, ResolvedConflicts.class, CommandClass::isNumbers, "a collection of numbers, or a long[]");
        OnConflict onConflict = type.getAnnotation(OnConflict.class);
        this.policy = onConflict == null ? null : onConflict.value();
    }

    static CommandClass of(Class<?> type) {
        return CLASSES.get(type);
    }

    Optional<AnnotatedMember> revision() {
        return Optional.ofNullable(revision);
    }

    Optional<AnnotatedMember> resolved() {
        return Optional.ofNullable(resolved);
    }

    Optional<ConflictPolicy> policy() {
        return Optional.ofNullable(policy);
    }

    List<String> mistakes() {
        return mistakes;
    }

    private @Nullable AnnotatedMember member(
            Class<?> type, Class<? extends Annotation> annotation, Predicate<Class<?>> fits, String expected) {
        String name = "@" + annotation.getSimpleName();
        List<AnnotatedMember> members = AnnotatedMember.of(type, annotation);
        if (members.isEmpty()) {
            return null;
        }
        if (members.size() > 1) {
            mistakes.add("%s: %s may stand once in a command, but stands on %s; leave one of them"
                    .formatted(
                            type.getName(),
                            name,
                            members.stream().map(AnnotatedMember::place).collect(Collectors.joining(" and "))));
        }
        for (AnnotatedMember member : members) {
            if (member.hasParameters()) {
                mistakes.add("%s: %s stands on %s, which has parameters; use a method without any"
                        .formatted(type.getName(), name, member.place()));
            } else if (!fits.test(member.type())) {
                mistakes.add("%s: %s stands on %s, which is a %s; it must be %s"
                        .formatted(
                                type.getName(),
                                name,
                                member.place(),
                                member.type().getTypeName(),
                                expected));
            }
        }
        return members.get(0);
    }

    /** Object stands for a type variable; what it holds is looked at when a command comes. */
    private static boolean isRevision(Class<?> type) {
        return type == Revision.class
                || type == String.class
                || type == long.class
                || type == Long.class
                || type == int.class
                || type == Integer.class
                || type == Object.class;
    }

    private static boolean isNumbers(Class<?> type) {
        return Collection.class.isAssignableFrom(type)
                || type == Iterable.class
                || type == long[].class
                || type == Object.class;
    }
}
