package dev.coherence;

import java.util.List;

class ArchitectureTest extends ArchitectureContract {
    ArchitectureTest() {
        super(List.of(
                "dev.coherence.value",
                "dev.coherence.action",
                "dev.coherence.key",
                "dev.coherence.encryption",
                "dev.coherence.revision",
                "dev.coherence.document",
                "dev.coherence.conflict",
                "dev.coherence.log",
                "dev.coherence.rebase",
                "dev.coherence.projection",
                "dev.coherence"));
    }
}
