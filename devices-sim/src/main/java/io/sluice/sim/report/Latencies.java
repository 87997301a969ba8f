package io.sluice.sim.report;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Durations in buckets that grow with the value: 32 to each power of two of microseconds, so a quantile is at most 3 %
 * too high. Fixed size, any thread.
 */
public final class Latencies {
    private static final int SUB_BITS = 5;
    private static final int SUB = 1 << SUB_BITS;
    private static final int BUCKETS = (64 - SUB_BITS) * SUB;
    private static final long NANOS_PER_MICRO = 1_000;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong greatest = new AtomicLong();

    public void add(long nanos) {
        long micros = Math.max(0, nanos / NANOS_PER_MICRO);
        counts.incrementAndGet(bucket(micros));
        total.incrementAndGet();
        greatest.accumulateAndGet(micros, Math::max);
    }

    /** @return ms below which that share of the durations lies; 0 where there are none */
    public double quantileMs(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * total.get()));
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts.get(i);
            if (seen >= rank) {
                return Math.min(upper(i), greatest.get()) / 1_000.0;
            }
        }
        return maxMs();
    }

    public double maxMs() {
        return greatest.get() / 1_000.0;
    }

    private static int bucket(long micros) {
        if (micros < SUB) {
            return (int) micros;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(micros);
        int sub = (int) (micros >>> (exponent - SUB_BITS)) & (SUB - 1);
        return (exponent - SUB_BITS + 1) * SUB + sub;
    }

    private static long upper(int bucket) {
        if (bucket < SUB) {
            return bucket;
        }
        int shift = bucket / SUB - 1;
        return ((long) (SUB + bucket % SUB) << shift) + (1L << shift) - 1;
    }
}
