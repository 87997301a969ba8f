package io.sluice.ingest;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where messages become durable. An entry that was appended is acknowledged when it cannot be lost any more, or fails for
 * good; there is no time limit in between, so a stalled log costs bounded memory and no connection.
 *
 * <p>Thread-safe; nothing here blocks.
 */
public interface MessageLog {
    /** A way in for one event loop. Receipts come back on {@code loop}, many in one hop. */
    Lane lane(Executor loop);

    /** Whether it has what it needs to take entries. Once true it stays true. */
    boolean isReady();

    /**
     * Whether so much is in flight that nothing more should be appended. What is appended all the same may fail, and its
     * connection with it.
     */
    boolean isFull();

    /** Octets appended and not yet acknowledged. */
    long bytesInFlight();

    /** Called on any thread whenever the log was full and is so no longer. */
    void onRelief(Runnable listener);

    /** Used on its event loop only. Entries with the same device keep their order. */
    interface Lane {
        /**
         * @return false where it failed at once, so that nothing is appended behind it; its receipt comes all the same
         */
        boolean append(LogEntry entry, Receiver receiver);
    }

    /** Whom receipts go to, on its lane's event loop. */
    interface Receiver {
        /** @param failure null where the entry is durable; else it failed for good */
        void receipt(LogEntry entry, @Nullable Throwable failure);

        /** After the last receipt of a burst. */
        void settled();
    }
}
