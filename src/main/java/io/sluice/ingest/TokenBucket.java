package io.sluice.ingest;

/**
 * The rate limit of one device, in readings (device protocol section 5). A message is taken while the bucket is not in debt
 * and is then deducted whole, so a pack larger than the burst passes too. Thread-safe: a device may post beside its connection.
 */
final class TokenBucket {
    private double level;
    private long filledAtNanos;
    private boolean used;

    /**
     * Deducts what was taken.
     *
     * @return how long the bucket is in debt, in ms; 0 where it is not
     */
    synchronized long take(int readings, int perSecond, int burst, long nowNanos) {
        fill(perSecond, burst, nowNanos);
        level -= readings;
        return debt(perSecond);
    }

    /** How long it is in debt, in ms. */
    synchronized long debtMs(int perSecond, int burst, long nowNanos) {
        fill(perSecond, burst, nowNanos);
        return debt(perSecond);
    }

    private long debt(int perSecond) {
        return level >= 0 ? 0 : (long) Math.ceil(-level * 1_000 / Math.max(1, perSecond));
    }

    private void fill(int perSecond, int burst, long nowNanos) {
        if (!used) {
            used = true;
            level = burst;
        } else {
            level = Math.min(burst, level + (nowNanos - filledAtNanos) / 1e9 * perSecond);
        }
        filledAtNanos = nowNanos;
    }
}
