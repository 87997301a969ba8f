package io.sluice.live;

import java.util.HashMap;
import java.util.Map;

/**
 * Pages made in one beat, so that subscriptions that ask the same share the work and the bytes. Used by the pulse's thread
 * alone and emptied after every beat.
 */
final class Pages {
    private final int maxItems;
    private final int maxBytes;
    private final Map<Key, Page> made = new HashMap<>();

    Pages(int maxItems, int maxBytes) {
        this.maxItems = maxItems;
        this.maxBytes = maxBytes;
    }

    Page page(Board board, Query query, long afterVersion) {
        return made.computeIfAbsent(
                new Key(board, query, afterVersion), key -> board.page(query, afterVersion, maxItems, maxBytes));
    }

    void clear() {
        made.clear();
    }

    private record Key(Board board, Query query, long afterVersion) {}
}
