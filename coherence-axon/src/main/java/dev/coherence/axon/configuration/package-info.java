/** Puts coherence into an Axon configuration, and refuses at the start what it could not keep its promises for. */
@NullMarked
package dev.coherence.axon.configuration;

import org.jspecify.annotations.NullMarked;
