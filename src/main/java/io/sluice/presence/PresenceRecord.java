package io.sluice.presence;

import org.jspecify.annotations.Nullable;

/** A record on the compacted topic {@code presence}. */
public sealed interface PresenceRecord {
    /** The record's key: what compaction keeps the newest of. */
    String key();

    /**
     * A device has connected.
     *
     * @param sinceMs ms since 1970
     * @param instance the process that holds the socket; while its lease has run out, the device counts as disconnected
     */
    record Connected(String device, @Nullable String group, String session, String instance, long sinceMs)
            implements PresenceRecord {
        @Override
        public String key() {
            return device;
        }
    }

    /**
     * A connection that was announced before is still there. Said after another connection's disconnect, which came later on
     * the topic than the announcement and would be all that compaction keeps. It takes nothing over: it may come later than
     * the announcement of a newer connection.
     */
    record Remains(String device, @Nullable String group, String session, String instance, long sinceMs)
            implements PresenceRecord {
        @Override
        public String key() {
            return device;
        }
    }

    /**
     * A connection has ended. A reader ignores one whose session is not the announced one: the device is connected anew.
     *
     * @param closeCode of the close frame; 1006 where the connection just ended
     */
    record Disconnected(
            String device, @Nullable String group, String session, String instance, long sinceMs, int closeCode)
            implements PresenceRecord {
        @Override
        public String key() {
            return device;
        }
    }

    /**
     * How many messages of a device repeated a number that had been counted before, as the rollup room's de-duplication
     * knows it. The newest of each device is the whole of it.
     *
     * @param fromOne how many of them had the number 1: the device began again in an epoch that was known
     * @param lastMs arrival of the newest of them, ms since 1970
     */
    record Repeats(String device, long messages, long fromOne, long lastMs) implements PresenceRecord {
        private static final String KEY_PREFIX = "repeats:";

        @Override
        public String key() {
            return keyOf(device);
        }

        public static String keyOf(String device) {
            return KEY_PREFIX + device;
        }
    }

    /**
     * How many readings of a device came too late for a window, as the rollup room knows it. The newest of each device is the
     * whole of it.
     *
     * @param lastMs arrival of the newest of them, ms since 1970
     */
    record Late(String device, long readings, long lastMs) implements PresenceRecord {
        private static final String KEY_PREFIX = "late:";

        @Override
        public String key() {
            return keyOf(device);
        }

        public static String keyOf(String device) {
            return KEY_PREFIX + device;
        }
    }

    /** An instance is alive until then, and longer if it says so again. */
    record Lease(String instance, long untilMs) implements PresenceRecord {
        /** No device id contains a colon. */
        static final String KEY_PREFIX = "instance:";

        @Override
        public String key() {
            return KEY_PREFIX + instance;
        }
    }
}
