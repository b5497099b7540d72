package dev.coherence.axon;

import dev.coherence.ArchitectureContract;
import java.util.List;

class ArchitectureTest extends ArchitectureContract {
    ArchitectureTest() {
        super(
                List.of(
                        "dev.coherence.axon.event",
                        "dev.coherence.axon.replay",
                        "dev.coherence.axon.annotation",
                        "dev.coherence.axon.payload",
                        "dev.coherence.axon.encryption",
                        "dev.coherence.axon.storage",
                        "dev.coherence.axon.index",
                        "dev.coherence.axon.jdbc",
                        "dev.coherence.axon",
                        "dev.coherence.axon.conflict",
                        "dev.coherence.axon.serialization",
                        "dev.coherence.axon.command",
                        "dev.coherence.axon.guard",
                        "dev.coherence.axon.token",
                        "dev.coherence.axon.effect",
                        "dev.coherence.axon.vault",
                        "dev.coherence.axon.stream",
                        "dev.coherence.axon.projection",
                        "dev.coherence.axon.processor",
                        "dev.coherence.axon.configuration",
                        "dev.coherence.axon.test"),
                "dev.coherence..",
                "org.axonframework..",
                "org.hamcrest",
                "org.slf4j",
                "com.github.benmanes.caffeine..",
                "javax.sql",
                "com.fasterxml.jackson..",
                "tools.jackson..",
                "com.thoughtworks.xstream..");
    }
}
