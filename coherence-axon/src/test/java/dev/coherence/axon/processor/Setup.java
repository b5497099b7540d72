package dev.coherence.axon.processor;

import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.processor.ReplayApplication.Kind;

/** The kind of a node's processors, and where its events and tokens are. A test names those that it is run with. */
enum Setup {
    TRACKING_ON_H2(Kind.TRACKING, Engine.H2_JDBC),
    POOLED_ON_H2(Kind.POOLED, Engine.H2_JDBC),
    TRACKING_ON_POSTGRES(Kind.TRACKING, Engine.POSTGRES_JDBC),
    POOLED_ON_POSTGRES(Kind.POOLED, Engine.POSTGRES_JDBC),
    POOLED_ON_POSTGRES_WITH_JPA(Kind.POOLED, Engine.POSTGRES_JPA);

    final Kind kind;
    final Engine engine;

    Setup(Kind kind, Engine engine) {
        this.kind = kind;
        this.engine = engine;
    }
}
