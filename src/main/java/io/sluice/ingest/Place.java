package io.sluice.ingest;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One admitted handshake's share of the limit on connections, until its socket has gone. It may be promised to the device's
 * newer connection, which takes it over: the limit holds, and a full instance does not keep out who is in. Thread-safe.
 */
final class Place {
    /** In an heir's stead. */
    private enum Mark implements Runnable {
        FREED,
        HANDED_ON;

        @Override
        public void run() {
            // nobody waits
        }
    }

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
     * @return false where it is promised already, handed on to one that is not open yet, or free
     */
    boolean promise(Runnable next) {
        return heir.compareAndSet(null, next);
    }

    /** Whoever has it now is open: who asks for it next finds a connection to close. */
    void occupied() {
        heir.compareAndSet(Mark.HANDED_ON, null);
    }

    /** Its socket has gone. */
    void end() {
        Runnable next = heir.getAndSet(Mark.FREED);
        if (next == null || next == Mark.HANDED_ON) {
            free.run();
        } else if (next != Mark.FREED) {
            heir.set(Mark.HANDED_ON);
            next.run();
        }
    }
}
