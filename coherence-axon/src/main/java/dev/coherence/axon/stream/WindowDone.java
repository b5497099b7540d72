package dev.coherence.axon.stream;

/** The payload of the message that ends a window: nobody handles it, and its token says that the effects are done. */
record WindowDone() {}
