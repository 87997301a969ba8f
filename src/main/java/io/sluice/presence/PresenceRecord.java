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
