package dev.coherence.spring.boot;

import dev.coherence.ArchitectureContract;
import java.util.List;

class ArchitectureTest extends ArchitectureContract {
    ArchitectureTest() {
        super(
                List.of(
                        "dev.coherence.spring.boot.failure",
                        "dev.coherence.spring.boot.store",
                        "dev.coherence.spring.boot.jpa",
                        "dev.coherence.spring.boot.serializer",
                        "dev.coherence.spring.boot.web",
                        "dev.coherence.spring.boot"),
                "dev.coherence..",
                "org.axonframework..",
                "org.springframework..",
                "org.hibernate..",
                "jakarta.persistence..",
                "jakarta.servlet..",
                "reactor.core.publisher",
                "javax.sql",
                "org.slf4j",
                "tools.jackson..",
                "com.thoughtworks.xstream");
    }
}
