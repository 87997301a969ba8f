package io.sluice.live;

/** The newest state of one key, with the place it came from. Guarded by its {@link Board}. */
final class Item {
    /** The version of an item that is no longer on the board. */
    static final long GONE = -1;

    static final long NO_NEWS = Long.MAX_VALUE;

    private static final byte[] NOTHING = {};

    final Series series;
    final long start;
    byte[] json = NOTHING;
    boolean isFinal;
    int partition;
    long offset;
    long timestamp;

    /** Of its newest reading, ms since 1970; {@link #NO_NEWS} where it tells nothing of how fast readings come. */
    long arrived = NO_NEWS;

    long version = GONE;

    Item(Series series, long start) {
        this.series = series;
        this.start = start;
    }

    /** It is off the board. The logs of changes still know it for a while, what it said is let go at once. */
    void leave() {
        version = GONE;
        json = NOTHING;
    }
}
