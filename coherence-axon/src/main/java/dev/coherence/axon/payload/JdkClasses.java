package dev.coherence.axon.payload;

/** The classes whose inside is nobody's business but the JDK's. */
final class JdkClasses {

    private JdkClasses() {}

    static boolean contains(Class<?> type) {
        String module = type.getModule().getName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }
}
