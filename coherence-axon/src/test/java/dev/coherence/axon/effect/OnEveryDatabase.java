package dev.coherence.axon.effect;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What effects promise with locks, which the in-memory engine has for appending only. */
@ParameterizedClass(name = "{0}")
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IN_MEMORY")
abstract class OnEveryDatabase extends EffectsSuite {}
