package io.sluice.bench;

import io.netty.buffer.ByteBuf;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The readings that are timed, one a message: each is noted by its value, and has the time at which it was due. */
final class MarkedReadings implements Frames {
    private final Marks marks;
    private final Random random;
    private final long originNanos = System.nanoTime();
    private final long originMillis = System.currentTimeMillis();

    MarkedReadings(Marks marks, Random random) {
        this.marks = marks;
        this.random = random;
    }

    @Override
    public ByteBuf frame(long number, long dueNanos) {
        long time = originMillis + TimeUnit.NANOSECONDS.toMillis(dueNanos - originNanos);
        int mark = marks.add(dueNanos, time);
        return Messages.text(
                String.format(
                        Locale.ROOT,
                        "[{\"n\":\"%s\",\"u\":\"%s\",\"t\":%.3f,\"v\":%d}]",
                        Messages.MARK.name(),
                        Messages.MARK.unit(),
                        time / 1e3,
                        mark),
                random);
    }
}
