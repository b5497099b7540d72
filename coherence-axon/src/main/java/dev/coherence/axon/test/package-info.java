/** Axon's test fixture for aggregates, with the guard, effects and unseen events; for the tests of applications. */
@NullMarked
package dev.coherence.axon.test;

import org.jspecify.annotations.NullMarked;
