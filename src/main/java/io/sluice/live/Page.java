package io.sluice.live;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some items of a board in the order of their changes, and how far they go. Shared by every subscription that asked the
 * same; not thread-safe.
 */
final class Page {
    private final List<byte[]> items;
    private final int conflated;
    private final long version;
    private final boolean end;
    private final Position position;
    private final long oldestArrival;
    private byte @Nullable [] joined;
    private @Nullable String positionText;

    /**
     * @param conflated changes that newer ones of the same key replaced
     * @param version the version that was looked at last
     * @param end whether nothing was left out for want of room
     * @param position the board's position when the page was made; holds for a reader only at an end
     * @param oldestArrival the smallest of the items' {@link Item#arrived}
     */
    Page(List<byte[]> items, int conflated, long version, boolean end, Position position, long oldestArrival) {
        this.items = items;
        this.conflated = conflated;
        this.version = version;
        this.end = end;
        this.position = position;
        this.oldestArrival = oldestArrival;
    }

    int count() {
        return items.size();
    }

    int conflated() {
        return conflated;
    }

    long version() {
        return version;
    }

    boolean isEnd() {
        return end;
    }

    long oldestArrival() {
        return oldestArrival;
    }

    String position() {
        String text = positionText;
        if (text == null) {
            text = position.text();
            positionText = text;
        }
        return text;
    }

    /** The items separated by commas, as they stand in a frame's array. */
    byte[] json() {
        byte[] json = joined;
        if (json == null) {
            json = Json.join(items);
            joined = json;
        }
        return json;
    }
}
