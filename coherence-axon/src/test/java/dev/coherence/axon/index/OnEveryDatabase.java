package dev.coherence.axon.index;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What an index promises to replays where events can be deleted, which is in every database. */
@ParameterizedClass(name = "{0}")
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IN_MEMORY")
abstract class OnEveryDatabase extends HistorySuite {}
