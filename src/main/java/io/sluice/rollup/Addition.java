package io.sluice.rollup;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * What one task of the device stage added to one window of a group since it last told: a delta, to be merged into the
 * group's window.
 *
 * <p>Its bytes, big-endian: 1 version (1), 8 arrival of the newest reading in ms, then {@link Aggregate}.
 *
 * <p>Not thread-safe.
 */
final class Addition {
    private static final byte VERSION = 1;

    final Aggregate aggregate;
    long arrived;

    /** @param arrived ms since 1970 */
    Addition(Aggregate aggregate, long arrived) {
        this.aggregate = aggregate;
        this.arrived = arrived;
    }

    byte[] toBytes() {
        byte[] content = aggregate.toBytes();
        return ByteBuffer.allocate(1 + 8 + content.length)
                .put(VERSION)
                .putLong(arrived)
                .put(content)
                .array();
    }

    /** Null for bytes that are none: one record must not stop the devices' rollups, which share the thread. */
    static @Nullable Addition read(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            ByteBuffer from = ByteBuffer.wrap(bytes);
            if (from.get() != VERSION) {
                return null;
            }
            long arrived = from.getLong();
            return new Addition(Aggregate.read(from), arrived);
        } catch (RuntimeException e) {
            return null;
        }
    }

    static Serde<Addition> serde() {
        return Serdes.serdeFrom((topic, addition) -> addition.toBytes(), (topic, bytes) -> read(bytes));
    }
}
