package dev.coherence.axon.index;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What an index promises to replays, on every engine. */
@ParameterizedClass(name = "{0}")
@EnumSource
abstract class OnEveryEngine extends HistorySuite {}
