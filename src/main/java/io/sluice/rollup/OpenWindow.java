package io.sluice.rollup;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One window of one metric, of a device while something may still be added to it, or while a late reading must still be
 * told from the first one of a window never seen; or of a group, see {@link LiveGroups}, where it is never <em>closed</em>.
 *
 * <p>Transitions: <em>open</em> (interim values go out), <em>announced</em> (the wall clock let its final value go out;
 * the log may still prove that a reading belongs to it, then it is open again and a corrected final value follows),
 * <em>closed</em> (by arrival times in the log; stays, empty, for telling late readings), removed (the device's own event time
 * has passed its end and grace).
 *
 * <p>Its bytes, big-endian: 1 version (2), 1 flags (1 announced, 2 closed), 8 arrival of the newest addition in ms, then
 * {@link Aggregate}. Version 1 had no sketches; such a window is read, and stays without quantiles.
 */
final class OpenWindow {
    private static final byte VERSION = 2;
    private static final byte VERSION_WITHOUT_SKETCHES = 1;
    private static final int ANNOUNCED = 1;
    private static final int CLOSED = 2;

    final Series series;
    final Window window;
    final long start;
    final Aggregate aggregate;
    long arrived;
    boolean announced;
    boolean closed;

    /** Whether the store holds it, so that its removal must reach the store. */
    boolean stored;

    /** Whether it changed since it was last written. */
    boolean dirty;

    /** Whether it changed since an interim value of it was last shown. */
    boolean unseen;

    /** When that was, ms of the wall clock. */
    private long shown;

    /** @param unit null if none */
    record Series(String metric, @Nullable String unit) {
        /** As in {@link RollupKey}: asked for with every reading. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Series series && metric.equals(series.metric) && Objects.equals(unit, series.unit);
        }

        @Override
        public int hashCode() {
            return 31 * metric.hashCode() + Objects.hashCode(unit);
        }
    }

    OpenWindow(Series series, Window window, long start, long arrived, Aggregate aggregate) {
        this.series = series;
        this.window = window;
        this.start = start;
        this.arrived = arrived;
        this.aggregate = aggregate;
    }

    /**
     * Shows its interim value, unless it is announced or another one went out just before.
     *
     * @param now wall clock, ms
     * @return whether that is done; if not, it is to be tried again
     */
    boolean show(String id, Announcer announcer, long now) {
        if (!announced) {
            if (now - shown < window.interimGap()) {
                return false;
            }
            shown = now;
            announcer.announce(id, this, false);
        }
        unseen = false;
        return true;
    }

    /** Nothing is added or announced any more; that it was there is all that late readings are judged by. */
    void close() {
        closed = true;
        aggregate.clear();
    }

    long end() {
        return window.endOf(start);
    }

    /** From this arrival time on nothing can be added any more. */
    long deadline(long grace) {
        return Math.max(end(), arrived) + grace;
    }

    RollupKey key(RollupKey.Kind kind, String id) {
        return new RollupKey(kind, id, series.metric(), series.unit(), window.name(), start);
    }

    RollupItem item(RollupKey.Kind kind, String id, boolean isFinal) {
        return new RollupItem(
                kind == RollupKey.Kind.DEVICE ? id : null,
                kind == RollupKey.Kind.GROUP ? id : null,
                series.metric(),
                series.unit(),
                window.name(),
                start,
                aggregate.count(),
                aggregate.min(),
                aggregate.max(),
                aggregate.mean(),
                aggregate.deviation(),
                aggregate.last(),
                aggregate.lastText(),
                aggregate.quantile(0.5),
                aggregate.quantile(0.95),
                aggregate.quantile(0.99),
                isFinal);
    }

    byte[] toBytes() {
        byte[] content = aggregate.toBytes();
        int flags = (announced ? ANNOUNCED : 0) | (closed ? CLOSED : 0);
        return ByteBuffer.allocate(2 + 8 + content.length)
                .put(VERSION)
                .put((byte) flags)
                .putLong(arrived)
                .put(content)
                .array();
    }

    /** Whether a stored window's final value has gone out. */
    static boolean isAnnounced(byte[] bytes) {
        return (bytes[1] & ANNOUNCED) != 0;
    }

    static OpenWindow read(Series series, Window window, long start, byte[] bytes) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        byte version = from.get();
        if (version != VERSION && version != VERSION_WITHOUT_SKETCHES) {
            throw new IllegalStateException("a stored window of version " + version);
        }
        byte flags = from.get();
        long arrived = from.getLong();
        OpenWindow read = new OpenWindow(series, window, start, arrived, Aggregate.read(from));
        read.announced = (flags & ANNOUNCED) != 0;
        read.closed = (flags & CLOSED) != 0;
        read.stored = true;
        return read;
    }
}
