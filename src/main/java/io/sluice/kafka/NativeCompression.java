package io.sluice.kafka;

import net.jpountz.lz4.LZ4Factory;

/**
 * LZ4 in machine code. Kafka's client uses it where it is loaded already, or where the class path is the JVM's own, which
 * a packaged Quarkus application's is not: there it would take the slowest of its forms.
 */
final class NativeCompression {
    private NativeCompression() {}

    /** Unpacks and loads the library, once; where there is none for this machine, everything works without. */
    static void load() {
        try {
            LZ4Factory.nativeInstance();
        } catch (LinkageError | AssertionError | RuntimeException e) {
            // AssertionError: what the library makes of a failed look-up or self-test.
            KafkaLog.LOG.noNativeCompression(e.toString());
        }
    }
}
