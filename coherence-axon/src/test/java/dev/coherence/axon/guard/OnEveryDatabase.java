package dev.coherence.axon.guard;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the guard promises with the help of the store, which Axon's in-memory engine does not give: it checks no versions. */
@ParameterizedClass(name = "{0}")
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IN_MEMORY")
abstract class OnEveryDatabase extends GuardSuite {}
