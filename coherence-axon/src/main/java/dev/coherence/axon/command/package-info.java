/** What a command says beside what it wants done: what its sender had read and resolved, and who it is. */
@NullMarked
package dev.coherence.axon.command;

import org.jspecify.annotations.NullMarked;
