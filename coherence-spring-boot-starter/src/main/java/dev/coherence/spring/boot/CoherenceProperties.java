package dev.coherence.spring.boot;

import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.spring.boot.store.IndexBuildMode;
import dev.coherence.spring.boot.store.SchemaInitialization;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The properties under {@code axon.coherence}. Immutable; checked once, when the application starts.
 *
 * @param enabled Whether coherence is configured at all.
 * @param source The source of events for which a caller names none; at most 255 characters. Defaults to
 *     spring.application.name, and without that to 'application'.
 * @param conflictPolicy Which unseen events are conflicts, unless a call or an aggregate class says otherwise: with 'strict'
 *     all of them, with 'merge' only those that give one path another value.
 * @param gapTimeout How long a transaction that appends events may last. A gap in the global order that is older is taken
 *     for one that will never be filled. Should equal the gap timeout of Axon's storage engine.
 * @param schema The tables in which coherence keeps links between aggregates and triggers.
 * @param index What those tables hold for events that are older than they are.
 * @param jpa Applications whose events are stored with JPA.
 * @param web Applications with Spring MVC or WebFlux.
 * @param replay Projections that are replayed when an effect fires a trigger.
 */
@ConfigurationProperties("axon.coherence")
public record CoherenceProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String source,
        @DefaultValue("strict") ConflictPolicy conflictPolicy,
        @DefaultValue("60s") Duration gapTimeout,
        @DefaultValue Schema schema,
        @DefaultValue Index index,
        @DefaultValue Jpa jpa,
        @DefaultValue Web web,
        @DefaultValue Replay replay)
        implements InitializingBean {

    private static final int MAX_SOURCE_LENGTH = 255;

    /**
     * The properties under {@code axon.coherence.schema}.
     *
     * @param initialize When the tables are created at the start of the application: 'never', 'embedded' (if the database
     *     runs inside the JVM of the application, in memory or on files), or 'always'. Axon's own tables are not created.
     */
    public record Schema(@DefaultValue("embedded") SchemaInitialization initialize) {}

    /**
     * The properties under {@code axon.coherence.index}.
     *
     * @param build Whether the link index is built for older events, in the background, when the application has started: 'never',
     *     'if-incomplete', or 'rebuild' (from the first event on at each start; for one start after @LinkedTo was added to a class).
     */
    public record Index(@DefaultValue("if-incomplete") IndexBuildMode build) {}

    /**
     * The properties under {@code axon.coherence.jpa}.
     *
     * @param acceptUnorderedSequence Whether the numbers of events may come from a sequence that gives them in blocks, as
     *     Hibernate does by itself. With several instances, event processors may then skip events. If false, they are
     *     mapped one by one, and the application refuses to start where the database disagrees.
     */
    public record Jpa(@DefaultValue("false") boolean acceptUnorderedSequence) {}

    /**
     * The properties under {@code axon.coherence.web}.
     *
     * @param enabled Whether controllers can take revisions from If-Match, and conflicts become problem documents.
     */
    public record Web(@DefaultValue("true") boolean enabled) {}

    /**
     * The properties under {@code axon.coherence.replay}.
     *
     * @param share Which part of the messages of a processor are replays of aggregates, while both live events and replays
     *     are waiting: from 0 (an aggregate is replayed only when no live event waits) to 1 (live events wait until all are
     *     replayed).
     * @param aggregatesAtOnce The most aggregates that a segment has waiting for their replay at a time; so many may be
     *     replayed in one transaction, and a live event waits for so many at the most.
     * @param groups Processing groups by their names, for which it is said here whether they take part in replays, and not
     *     with an annotation.
     */
    public record Replay(
            @DefaultValue("0.5") double share,
            @DefaultValue("20") int aggregatesAtOnce,
            @DefaultValue Map<String, Group> groups) {}

    /**
     * The properties under {@code axon.coherence.replay.groups.<name>}.
     *
     * @param enabled Whether the group takes part in replays.
     * @param withoutReset Whether its classes can do without a method with @AggregateResetHandler, because their handlers only
     *     overwrite.
     */
    public record Group(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("false") boolean withoutReset) {}

    /**
     * Checks the values.
     *
     * @throws InvalidConfigurationPropertyValueException naming the property
     */
    @Override
    public void afterPropertiesSet() {
        if (source != null) {
            checkSource("axon.coherence.source", source);
        }
        if (gapTimeout.isZero() || gapTimeout.isNegative()) {
            throw new InvalidConfigurationPropertyValueException(
                    "axon.coherence.gap-timeout", gapTimeout, "It must be longer than zero.");
        }
        if (!(replay.share() >= 0 && replay.share() <= 1)) {
            throw new InvalidConfigurationPropertyValueException(
                    "axon.coherence.replay.share", replay.share(), "It must be from 0 to 1.");
        }
        if (replay.aggregatesAtOnce() < 1) {
            throw new InvalidConfigurationPropertyValueException(
                    "axon.coherence.replay.aggregates-at-once", replay.aggregatesAtOnce(), "It must be at least 1.");
        }
    }

    /**
     * Returns the source of events for which a caller names none.
     *
     * @param applicationName the name of the application, if it has one
     * @throws InvalidConfigurationPropertyValueException if the source is that name, and it is too long
     */
    String sourceOr(@Nullable String applicationName) {
        if (source != null) {
            return source;
        }
        if (applicationName == null || applicationName.isBlank()) {
            return "application";
        }
        checkSource("spring.application.name", applicationName);
        return applicationName;
    }

    private static void checkSource(String property, String value) {
        if (value.isBlank() || value.length() > MAX_SOURCE_LENGTH) {
            throw new InvalidConfigurationPropertyValueException(
                    property,
                    value,
                    "As the source of events it must have 1 to %d characters.".formatted(MAX_SOURCE_LENGTH));
        }
    }
}
