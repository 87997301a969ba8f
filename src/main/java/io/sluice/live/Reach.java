package io.sluice.live;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which stretch of its topic a board can answer for: up to where it was read, and from where nothing that mattered has
 * been forgotten since. The lower end is kept per window, because windows of a second are forgotten long before those of
 * a minute. Guarded by its {@link Board}.
 */
final class Reach {
    private final Channel channel;
    private long topicTag;
    private long[] next = new long[0];
    private long[] start = new long[0];
    private final Map<String, long[]> forgottenByWindow = new HashMap<>();

    Reach(Channel channel) {
        this.channel = channel;
    }

    void begin(long topicTag, long[] startOffsets) {
        this.topicTag = topicTag;
        next = startOffsets.clone();
        start = startOffsets.clone();
        forgottenByWindow.clear();
    }

    boolean isOf(long otherTopicTag, int partitions) {
        return topicTag == otherTopicTag && next.length == partitions;
    }

    void readUpTo(int partition, long nextOffset) {
        if (partition < next.length) {
            next[partition] = Math.max(next[partition], nextOffset);
        }
    }

    long nextOffset(int partition) {
        return next[partition];
    }

    /** Records before that offset may have been missed, since Kafka no longer has them. */
    void skippedTo(int partition, long offset) {
        start[partition] = Math.max(start[partition], offset);
        readUpTo(partition, offset);
    }

    void forgot(String window, int partition, long offset) {
        if (partition < next.length && offset != Long.MAX_VALUE) {
            long[] forgotten = forgottenByWindow.computeIfAbsent(window, w -> new long[next.length]);
            forgotten[partition] = Math.max(forgotten[partition], offset + 1);
        }
    }

    /** Whether everything after {@code since} is still here, except what newer items superseded. */
    boolean covers(Position since, @Nullable String window) {
        if (!since.isOf(topicTag, next.length) || next.length == 0) {
            return false;
        }
        for (int p = 0; p < next.length; p++) {
            if (since.next(p) < lowest(p, window) || since.next(p) > next[p]) {
                return false;
            }
        }
        return true;
    }

    private long lowest(int partition, @Nullable String window) {
        long lowest = start[partition];
        if (window != null) {
            long[] forgotten = forgottenByWindow.get(window);
            return forgotten == null ? lowest : Math.max(lowest, forgotten[partition]);
        }
        for (long[] forgotten : forgottenByWindow.values()) {
            lowest = Math.max(lowest, forgotten[partition]);
        }
        return lowest;
    }

    /** Whether another instance was further when it gave this position away; it is worth waiting then. */
    boolean isBehind(Position since) {
        if (!since.isOf(topicTag, next.length)) {
            return false;
        }
        for (int p = 0; p < next.length; p++) {
            if (next[p] < since.next(p)) {
                return true;
            }
        }
        return false;
    }

    Position position() {
        return new Position(channel, topicTag, next);
    }

    /** The position of a client that was served nothing yet. */
    Position origin() {
        long[] zero = new long[next.length];
        Arrays.fill(zero, 0);
        return new Position(channel, topicTag, zero);
    }
}
