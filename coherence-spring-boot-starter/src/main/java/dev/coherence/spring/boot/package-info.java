/** Wires coherence into a Spring Boot application with Axon: properties and auto-configurations. */
@NullMarked
package dev.coherence.spring.boot;

import org.jspecify.annotations.NullMarked;
