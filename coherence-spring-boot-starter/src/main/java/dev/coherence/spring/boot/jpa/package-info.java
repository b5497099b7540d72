/** Axon's JPA engine: its mapping as Hibernate sees it, the order of its sequence, and large objects on PostgreSQL. */
@NullMarked
package dev.coherence.spring.boot.jpa;

import org.jspecify.annotations.NullMarked;
