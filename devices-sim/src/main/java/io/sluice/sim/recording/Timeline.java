package io.sluice.sim.recording;

import io.sluice.sim.recording.Recording.Track;

/**
 * Maps a recording's times onto a replay: when a row is sent, and which time its readings bear. Rows are sent at the
 * recording's own pace, divided by the speed.
 */
public final class Timeline {
    private final Times times;
    private final double speed;
    private final long startWallMs;
    private final long leadMs;
    private final long longestMs;

    /** How event times are mapped. */
    public enum Times {
        /**
         * The default: each device's recording is shifted on its own so that its last row falls on the planned end of the
         * replay, and sent so that all devices end together; hence no reading is ahead of the clock. Speed 1 or more.
         */
        END,
        /** Each device's recording is shifted so that its first row falls on the start. Speed 1 only. */
        START,
        /** As START, with the distances divided by the speed: readings bear the time at which they are sent. */
        COMPRESS,
        /** As recorded. */
        KEEP
    }

    /**
     * @param startWallMs when the fleet starts, ms since 1970
     * @param leadMs from then to the start of the replay itself, so that devices have time to connect
     * @throws IllegalArgumentException where the speed is none, or none that the mapping allows
     */
    public Timeline(Times times, double speed, long startWallMs, long leadMs, Iterable<Track> tracks) {
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("the speed must be greater than 0");
        }
        if (times == Times.START && speed != 1) {
            throw new IllegalArgumentException("times 'start' need speed 1; use 'end' or 'compress'");
        }
        if (times == Times.END && speed < 1) {
            throw new IllegalArgumentException(
                    "times 'end' at a speed below 1 would lie ahead of the clock; use 'compress'");
        }
        this.times = times;
        this.speed = speed;
        this.startWallMs = startWallMs + leadMs;
        this.leadMs = leadMs;
        long longest = 0;
        for (Track track : tracks) {
            longest = Math.max(longest, track.lastMs() - track.firstMs());
        }
        this.longestMs = longest;
    }

    /** Planned length of the replay. */
    public long lengthMs() {
        return (long) (longestMs / speed);
    }

    /** When a row of that recorded time is sent, ms since the fleet's start. */
    public long dueMs(Track track, long timeMs) {
        long fromStart = (long) ((timeMs - track.firstMs()) / speed);
        if (times != Times.END) {
            return leadMs + fromStart;
        }
        return leadMs + lengthMs() - (long) ((track.lastMs() - timeMs) / speed);
    }

    /** The time that the readings of such a row bear, ms since 1970. */
    public long eventMs(Track track, long timeMs) {
        return switch (times) {
            case END -> startWallMs + lengthMs() - (track.lastMs() - timeMs);
            case START -> startWallMs + timeMs - track.firstMs();
            case COMPRESS -> startWallMs + (long) ((timeMs - track.firstMs()) / speed);
            case KEEP -> timeMs;
        };
    }

    /** The earliest time that any reading of the replay will bear. */
    public long earliestMs(Iterable<Track> tracks) {
        long earliest = Long.MAX_VALUE;
        for (Track track : tracks) {
            earliest = Math.min(earliest, eventMs(track, track.firstMs()));
        }
        return earliest;
    }
}
