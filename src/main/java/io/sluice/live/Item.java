package io.sluice.live;

/** The newest state of one key, with the place it came from. Guarded by its {@link Board}. */
final class Item {
    /** The version of an item that is no longer on the board. */
    static final long GONE = -1;

    final Series series;
    final long start;
    byte[] json = new byte[0];
    boolean isFinal;
    int partition;
    long offset;
    long timestamp;
    long version = GONE;

    Item(Series series, long start) {
        this.series = series;
        this.start = start;
    }
}
