package io.sluice.bench;

import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLongArray;

/** The readings that are timed, by their value: when each was due, and in which window it is. Thread-safe. */
final class Marks {
    static final long WINDOW_MILLIS = 1_000;
    /** An hour of them. */
    private static final int MOST = 131_072;

    private final AtomicLongArray dueNanos = new AtomicLongArray(MOST);
    private final ConcurrentSkipListMap<Long, Integer> firstOfWindow = new ConcurrentSkipListMap<>();
    private volatile int count;
    private volatile int measuredFrom;

    /** One caller at a time. @return the value that stands for it */
    int add(long due, long timeMillis) {
        int mark = count;
        dueNanos.set(mark % MOST, due);
        firstOfWindow.putIfAbsent(windowOf(timeMillis), mark);
        count = mark + 1;
        return mark;
    }

    static long windowOf(long timeMillis) {
        return Math.floorDiv(timeMillis, WINDOW_MILLIS) * WINDOW_MILLIS;
    }

    long due(int mark) {
        return dueNanos.get(mark % MOST);
    }

    /** The first of that window; the next one to come where it has none. */
    int firstOf(long window) {
        return firstOfWindow.getOrDefault(window, count);
    }

    void measureFromHere() {
        measuredFrom = count;
    }

    boolean isMeasured(int mark) {
        return measuredFrom > 0 && mark >= measuredFrom;
    }

    /** How many are measured. */
    long measured() {
        return count - measuredFrom;
    }
}
