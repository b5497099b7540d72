package dev.coherence.axon.effect;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What effects promise on every store. */
@ParameterizedClass(name = "{0}")
@EnumSource
abstract class OnEveryStore extends EffectsSuite {}
