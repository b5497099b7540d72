package dev.coherence.axon.configuration;

import static java.util.Objects.requireNonNull;

import dev.coherence.CoherenceSettings;
import dev.coherence.axon.command.ActorProvider;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.processor.ReplayGroups;
import dev.coherence.axon.vault.CachedKeys;
import java.util.Optional;
import java.util.function.Function;
import org.axonframework.config.Configuration;
import org.jspecify.annotations.Nullable;

/** Builds a {@link CoherenceModule}. Not thread-safe. */
public final class CoherenceModuleBuilder {

    private @Nullable Function<Configuration, EventIndex> index;
    private @Nullable CoherenceSettings settings;
    private ActorProvider actors = ActorProvider.none();
    private @Nullable ReplayGroups replays;
    private CachedKeys keys = CachedKeys.none();

    CoherenceModuleBuilder() {}

    /** Makes the index for the storage engine of the configuration's event store. */
    public CoherenceModuleBuilder index(Function<Configuration, EventIndex> factory) {
        this.index = requireNonNull(factory, "index");
        return this;
    }

    /** Source of what is appended, policy where neither command nor aggregate has one, and clock. */
    public CoherenceModuleBuilder settings(CoherenceSettings values) {
        this.settings = requireNonNull(values, "settings");
        return this;
    }

    /** Who sends a command whose metadata does not say it. By default nobody. */
    public CoherenceModuleBuilder actors(ActorProvider provider) {
        this.actors = requireNonNull(provider, "actors");
        return this;
    }

    /**
     * Configures event processors with a {@link dev.coherence.axon.processor.ReplayingEventProcessingModule}, so that
     * processing groups can take part in replays. By default Axon's own module does it. The coherence module has to be the
     * first then that is given to the configurer, before {@code eventProcessing()} is called.
     */
    public CoherenceModuleBuilder replays(ReplayGroups groups) {
        this.replays = requireNonNull(groups, "replays");
        return this;
    }

    /**
     * The keys that this node remembers, such as a {@link dev.coherence.axon.vault.CachingKeyVault}: replays have them forgotten when an
     * effect tells that one has ended. By default none.
     */
    public CoherenceModuleBuilder keys(CachedKeys cached) {
        this.keys = requireNonNull(cached, "keys");
        return this;
    }

    /**
     * Builds the module.
     *
     * @throws NullPointerException if something is missing
     */
    public CoherenceModule build() {
        index();
        settings();
        return new CoherenceModule(this);
    }

    Function<Configuration, EventIndex> index() {
        return requireNonNull(index, "index");
    }

    CoherenceSettings settings() {
        return requireNonNull(settings, "settings");
    }

    ActorProvider actors() {
        return actors;
    }

    CachedKeys keys() {
        return keys;
    }

    Optional<ReplayGroups> replays() {
        return Optional.ofNullable(replays);
    }
}
