package io.sluice.live;

import java.util.Arrays;

/**
 * The 95th percentile of the last ten seconds, from counts in buckets that grow by an eighth: exact to about 6 %, of fixed
 * size and cheap enough for every record.
 *
 * <p>Thread-safe.
 */
final class LagMeter {
    private static final int SECONDS = 10;
    private static final int PER_OCTAVE = 6;
    private static final int BUCKETS = 24 * PER_OCTAVE;

    private final int[][] counts = new int[SECONDS][BUCKETS];
    private final long[] second = new long[SECONDS];

    /**
     * @param now ms since 1970
     * @param lagMs negative ones, from clocks that differ, count as 0
     */
    synchronized void record(long now, long lagMs) {
        int slot = (int) (now / 1_000 % SECONDS);
        if (second[slot] != now / 1_000) {
            second[slot] = now / 1_000;
            Arrays.fill(counts[slot], 0);
        }
        counts[slot][bucket(Math.max(0, lagMs))]++;
    }

    /** In ms; 0 where nothing was recorded. */
    synchronized long p95(long now) {
        long oldest = now / 1_000 - SECONDS;
        long total = 0;
        long[] sum = new long[BUCKETS];
        for (int slot = 0; slot < SECONDS; slot++) {
            if (second[slot] > oldest) {
                for (int b = 0; b < BUCKETS; b++) {
                    sum[b] += counts[slot][b];
                    total += counts[slot][b];
                }
            }
        }
        long wanted = (long) Math.ceil(total * 0.95);
        long seen = 0;
        for (int b = 0; b < BUCKETS && total > 0; b++) {
            seen += sum[b];
            if (seen >= wanted) {
                return upperEnd(b);
            }
        }
        return 0;
    }

    private static int bucket(long ms) {
        return Math.min(BUCKETS - 1, (int) Math.floor(Math.log(ms + 1) / Math.log(2) * PER_OCTAVE));
    }

    private static long upperEnd(int bucket) {
        return Math.max(0, (long) Math.ceil(Math.pow(2, (bucket + 1.0) / PER_OCTAVE)) - 2);
    }
}
