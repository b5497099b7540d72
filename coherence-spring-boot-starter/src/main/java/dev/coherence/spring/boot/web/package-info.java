/** Revisions and conflicts over HTTP, for controllers of Spring MVC and of Spring WebFlux. */
@NullMarked
package dev.coherence.spring.boot.web;

import org.jspecify.annotations.NullMarked;
