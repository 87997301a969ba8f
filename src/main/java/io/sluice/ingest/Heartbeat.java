package io.sluice.ingest;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When one connection is pinged, and when it counts as gone (device protocol section 5). While the server does not read a
 * device its silence proves nothing, so the clock stands still; a peer that takes nothing either for as long is given up.
 */
final class Heartbeat {
    /** What is to be done now. */
    enum Beat {
        NOTHING,
        PING,
        /** 4408. */
        SILENT,
        /** No close frame would reach it. */
        STUCK
    }

    private final long intervalNanos;
    private final long silenceNanos;
    private long nextPingNanos;
    private long quietSinceNanos;
    private long stuckSinceNanos;
    private boolean stuck;

    Heartbeat(Duration interval, Duration silence, long nowNanos) {
        this.intervalNanos = interval.toNanos();
        this.silenceNanos = silence.toNanos();
        this.quietSinceNanos = nowNanos;
        this.nextPingNanos = nowNanos + jittered();
    }

    /**
     * @param heardNanos when the last octet came
     * @param reading whether the server reads the peer
     * @param writable whether the peer takes what it is sent
     */
    Beat beat(long nowNanos, long heardNanos, boolean reading, boolean writable) {
        if (!writable) {
            if (!stuck) {
                stuck = true;
                stuckSinceNanos = nowNanos;
            }
            quietSinceNanos = nowNanos;
            return nowNanos - stuckSinceNanos > silenceNanos ? Beat.STUCK : Beat.NOTHING;
        }
        stuck = false;
        if (!reading) {
            quietSinceNanos = nowNanos;
        } else if (heardNanos - quietSinceNanos > 0) {
            quietSinceNanos = heardNanos;
        }
        if (nowNanos - quietSinceNanos > silenceNanos) {
            return Beat.SILENT;
        }
        if (nowNanos - nextPingNanos >= 0) {
            nextPingNanos = nowNanos + jittered();
            return Beat.PING;
        }
        return Beat.NOTHING;
    }

    /** Up to a fifth early, so that a fleet that connected at once is not pinged at once. */
    private long jittered() {
        return intervalNanos - ThreadLocalRandom.current().nextLong(intervalNanos / 5 + 1);
    }
}
