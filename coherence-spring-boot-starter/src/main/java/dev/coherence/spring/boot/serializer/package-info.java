/** What Axon's serializers have to be told so that they read back what they wrote. */
@NullMarked
package dev.coherence.spring.boot.serializer;

import org.jspecify.annotations.NullMarked;
