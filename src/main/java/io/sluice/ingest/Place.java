package io.sluice.ingest;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One admitted handshake's share of the limit on connections, until its socket has gone. It may be promised to the device's
 * newer connection, which takes it over: the limit holds, and a full instance does not keep out who is in. Thread-safe.
 */
final class Place {
    private static final Runnable FREED = () -> {};

    private final Runnable free;
    private final AtomicReference<@Nullable Runnable> heir = new AtomicReference<>();

    /** @param free gives it back to the instance */
    Place(Runnable free) {
        this.free = free;
    }

    /**
     * Promises it to another handshake of the device.
     *
     * @param next called when the socket has gone, on its event loop; has the place then, and must {@link #end} it again
     * @return false where it is promised already, or free
     */
    boolean promise(Runnable next) {
        return heir.compareAndSet(null, next);
    }

    /** Its socket has gone. */
    void end() {
        Runnable next = heir.getAndSet(FREED);
        if (next == null) {
            free.run();
        } else if (next != FREED) {
            // It is the heir's from here on, and may be promised again.
            heir.set(null);
            next.run();
        }
    }
}
