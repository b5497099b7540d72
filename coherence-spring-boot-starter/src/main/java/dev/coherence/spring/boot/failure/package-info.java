/** Why an application with coherence cannot start, told so that its developer knows what to do. */
@NullMarked
package dev.coherence.spring.boot.failure;

import org.jspecify.annotations.NullMarked;
