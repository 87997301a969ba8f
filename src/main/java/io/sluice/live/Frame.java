package io.sluice.live;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A server's frame in three parts, so that the middle one, the items, is shared between all that get the same.
 *
 * @param position null where the frame moves nobody's position
 * @param arrived of the reading in it that is longest on its way, ms since 1970; {@link Item#NO_NEWS} for none
 */
record Frame(@Nullable String position, byte[] head, byte[] items, byte[] tail, long arrived) {
    private static final byte[] NOTHING = new byte[0];

    static Frame of(String json) {
        return new Frame(null, json.getBytes(StandardCharsets.UTF_8), NOTHING, NOTHING, Item.NO_NEWS);
    }

    int length() {
        return head.length + items.length + tail.length;
    }

    String text() {
        return new String(head, StandardCharsets.UTF_8)
                + new String(items, StandardCharsets.UTF_8)
                + new String(tail, StandardCharsets.UTF_8);
    }
}
