package io.sluice.live;

import org.jspecify.annotations.Nullable;

/**
 * How far a client has been served: the next offset of every partition of its channel's topic. It means the same on every
 * instance, because it is made of Kafka's offsets alone.
 *
 * <p>As text: the channel's letter, the format's version {@code 1}, the topic's tag and one offset per partition, in base
 * 36 and separated by dots ({@code r1.1k3xq.0.2s.9}). The tag is derived from Kafka's topic id, so that a topic that was
 * deleted and made again does not pass for the old one. Clients treat the text as opaque.
 */
final class Position {
    private static final int MAX_LENGTH = 4_096;
    private static final int MAX_PARTITIONS = 1_024;
    private static final int RADIX = 36;
    private static final char FORMAT = '1';

    private final Channel channel;
    private final long topicTag;
    private final long[] next;

    Position(Channel channel, long topicTag, long[] next) {
        this.channel = channel;
        this.topicTag = topicTag;
        this.next = next.clone();
    }

    /** Null where it is none of this channel; what a client hands back is never an error. */
    static @Nullable Position parse(Channel channel, String text) {
        if (text.length() > MAX_LENGTH
                || text.length() < 4
                || text.charAt(0) != channel.letter()
                || text.charAt(1) != FORMAT
                || text.charAt(2) != '.') {
            return null;
        }
        String[] parts = text.substring(3).split("\\.", MAX_PARTITIONS + 2);
        if (parts.length > MAX_PARTITIONS + 1) {
            return null;
        }
        long[] next = new long[parts.length - 1];
        try {
            long tag = Long.parseLong(parts[0], RADIX);
            for (int i = 0; i < next.length; i++) {
                next[i] = Long.parseLong(parts[i + 1], RADIX);
                if (next[i] < 0) {
                    return null;
                }
            }
            return new Position(channel, tag, next);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    String text() {
        StringBuilder text = new StringBuilder(16 + next.length * 8)
                .append(channel.letter())
                .append(FORMAT)
                .append('.')
                .append(Long.toString(topicTag, RADIX));
        for (long offset : next) {
            text.append('.').append(Long.toString(offset, RADIX));
        }
        return text.toString();
    }

    boolean isOf(long otherTopicTag, int partitions) {
        return topicTag == otherTopicTag && next.length == partitions;
    }

    /** The first offset that was not served. */
    long next(int partition) {
        return next[partition];
    }
}
