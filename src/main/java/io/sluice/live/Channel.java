package io.sluice.live;

import org.jspecify.annotations.Nullable;

/** What can be subscribed to (operator protocol section 1), each fed by one topic. */
enum Channel {
    ROLLUPS("rollups", 'r', "rollups"),
    DEVICES("devices", 'd', "presence"),
    REJECTS("rejects", 'j', "readings.rejected");

    private final String wireName;
    private final char letter;
    private final String topic;

    Channel(String wireName, char letter, String topic) {
        this.wireName = wireName;
        this.letter = letter;
        this.topic = topic;
    }

    static @Nullable Channel named(String wireName) {
        for (Channel channel : values()) {
            if (channel.wireName.equals(wireName)) {
                return channel;
            }
        }
        return null;
    }

    String wireName() {
        return wireName;
    }

    /** The first character of this channel's positions. */
    char letter() {
        return letter;
    }

    String topic() {
        return topic;
    }
}
