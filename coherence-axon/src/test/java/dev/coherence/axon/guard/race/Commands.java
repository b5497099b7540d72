package dev.coherence.axon.guard.race;

import dev.coherence.axon.annotation.ResolvedConflicts;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.event.CoherenceMetaData;
import dev.coherence.axon.guard.race.Attempt.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.config.Configuration;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** The commands of the race, and the handlers of those that are not for one aggregate. */
final class Commands {

    private final Configuration axon;

    Commands(Configuration axon) {
        this.axon = axon;
    }

    /** Says by annotations what its sender had read. */
    record ChangeArticle(
            @TargetAggregateIdentifier String id,
            @TargetRevision @Nullable String base,
            @ResolvedConflicts List<Long> resolved,
            List<Wish> wishes) {}

    /** Says by metadata what its sender had read. */
    record ChangeProfile(@TargetAggregateIdentifier String id, List<Wish> wishes) {}

    record ChangeTogether(List<Part> parts) {}

    /** Each part with the base of this command, or its own. */
    record SendOn(List<Part> parts, boolean withBases) {}

    record LoseKey(String key) {}

    @CommandHandler
    void handle(ChangeTogether command) throws Exception {
        for (Part part : command.parts()) {
            load(part.target()).execute(entry -> entry.change(part.target().id(), part.wishes()));
        }
    }

    private Aggregate<? extends Entry> load(Target target) throws Exception {
        return target.kind().equals(Target.ARTICLE)
                ? axon.repository(Article.class).loadOrCreate(target.id(), Article::new)
                : axon.repository(Profile.class).loadOrCreate(target.id(), Profile::new);
    }

    @CommandHandler
    void handle(SendOn command) {
        for (Part part : command.parts()) {
            axon.commandGateway().sendAndWait(change(part, command.withBases()));
        }
    }

    @CommandHandler
    void handle(LoseKey command) {
        axon.eventGateway().publish(new Changes.KeyLost(command.key()));
    }

    static CommandMessage<?> change(Part part, boolean withBase) {
        Target target = part.target();
        if (!target.kind().equals(Target.ARTICLE)) {
            return message(new ChangeProfile(target.id(), part.wishes()), withBase ? metaData(part) : Map.of());
        }
        return withBase
                ? message(
                        new ChangeArticle(target.id(), part.base(), part.resolved(), part.wishes()),
                        part.policy() == null ? Map.of() : Map.of(CoherenceMetaData.POLICY, part.policy()))
                : message(new ChangeArticle(target.id(), null, List.of(), part.wishes()), Map.of());
    }

    /** The base of all parts is that of the first. */
    static CommandMessage<?> changeTogether(List<Part> parts) {
        return message(new ChangeTogether(parts), metaData(parts.get(0)));
    }

    /** The base of all parts is that of the first. */
    static CommandMessage<?> sendOn(List<Part> parts) {
        return message(new SendOn(parts, false), metaData(parts.get(0)));
    }

    static CommandMessage<?> sendOnWithBases(List<Part> parts) {
        return message(new SendOn(parts, true), Map.of());
    }

    static CommandMessage<?> loseKey(String key) {
        return message(new LoseKey(key), Map.of());
    }

    private static CommandMessage<?> message(Object command, Map<String, ?> metaData) {
        return new GenericCommandMessage<>(command, metaData);
    }

    private static Map<String, Object> metaData(Part part) {
        Map<String, Object> metaData = new HashMap<>();
        if (part.base() != null) {
            metaData.put(CoherenceMetaData.BASE, part.base());
            metaData.put(CoherenceMetaData.RESOLVED, part.resolved());
        }
        if (part.policy() != null) {
            metaData.put(CoherenceMetaData.POLICY, part.policy());
        }
        return metaData;
    }
}
