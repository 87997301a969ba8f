package io.sluice.live;

/**
 * Bounds of a board.
 *
 * @param maxItems beyond it the items that changed longest ago are forgotten, a sixteenth at a time
 * @param perSeries items of a series beyond which the one that changed longest ago is forgotten, unless it changed in the
 *     last {@code graceMs}, so that a device's backlog passes through whole
 * @param graceMs ms
 * @param keepNewest whether the newest item of each series is forgotten last
 * @param retentionMs ms after which an item that did not change is forgotten
 */
record BoardLimits(int maxItems, int perSeries, long graceMs, boolean keepNewest, long retentionMs) {
    static final long GRACE_MS = 5_000;

    static BoardLimits of(Channel channel, LiveConfig config) {
        long retention = config.retention().toMillis();
        if (channel == Channel.ROLLUPS) {
            return new BoardLimits(config.maxItems(), config.windowsPerSeries(), GRACE_MS, true, retention);
        }
        if (channel == Channel.DEVICES) {
            return new BoardLimits(config.maxDevices(), 1, 0, false, Long.MAX_VALUE);
        }
        return new BoardLimits(config.maxRejects(), Integer.MAX_VALUE, 0, false, Long.MAX_VALUE);
    }
}
