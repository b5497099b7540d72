package dev.coherence.axon.guard;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the guard promises on every store. */
@ParameterizedClass(name = "{0}")
@EnumSource
abstract class OnEveryStore extends GuardSuite {}
