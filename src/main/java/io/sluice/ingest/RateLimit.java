package io.sluice.ingest;

import io.sluice.telemetry.Profile;

/** How one connection keeps to its device's rate: the bucket's debt, and for how long the device has ignored it. */
final class RateLimit {
    private final TokenBucket bucket;
    private final long patienceNanos;
    private boolean ignoring;
    private long ignoringSinceNanos;

    RateLimit(TokenBucket bucket, long patienceMs) {
        this.bucket = bucket;
        this.patienceNanos = patienceMs * 1_000_000;
    }

    /** How long nothing more may be taken, in ms. */
    long take(int readings, Profile profile, long nowNanos) {
        return bucket.take(readings, profile.readingsPerSecond(), profile.burst(), nowNanos);
    }

    long debtMs(Profile profile, long nowNanos) {
        return bucket.debtMs(profile.readingsPerSecond(), profile.burst(), nowNanos);
    }

    /**
     * At the end of a pause.
     *
     * @param waiting whether more data already waits, so the device did not wait
     */
    boolean isPatienceOver(boolean waiting, long nowNanos) {
        if (!waiting) {
            ignoring = false;
        } else if (!ignoring) {
            ignoring = true;
            ignoringSinceNanos = nowNanos;
        }
        return ignoring && nowNanos - ignoringSinceNanos >= patienceNanos;
    }
}
