package io.sluice.live;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The items of one key apart from the start, in the order of their starts. Guarded by its {@link Board}. */
final class Series {
    final SeriesKey key;
    final Source source;
    private final List<Item> items = new ArrayList<>(1);

    Series(SeriesKey key, Source source) {
        this.key = key;
        this.source = source;
    }

    /** The item with that start, made where there is none. */
    Item at(long start) {
        int place = find(start);
        if (place >= 0) {
            return items.get(place);
        }
        Item item = new Item(this, start);
        items.add(-place - 1, item);
        return item;
    }

    @Nullable
    Item get(long start) {
        int place = find(start);
        return place < 0 ? null : items.get(place);
    }

    private int find(long start) {
        int low = 0;
        int high = items.size() - 1;
        // Almost every update is of one of the newest windows.
        if (high >= 0 && items.get(high).start < start) {
            return -high - 2;
        }
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = items.get(middle).start;
            if (found < start) {
                low = middle + 1;
            } else if (found > start) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -low - 1;
    }

    void remove(Item item) {
        int place = find(item.start);
        if (place >= 0) {
            items.remove(place);
        }
    }

    int size() {
        return items.size();
    }

    Item newest() {
        return items.get(items.size() - 1);
    }

    boolean isNewest(Item item) {
        return newest() == item;
    }

    /** Whether the item is among so many newest ones. */
    boolean isAmongNewest(Item item, int depth) {
        return items.size() <= depth || item.start >= items.get(items.size() - depth).start;
    }

    /** The item, other than the newest, that changed longest ago; null where there is only one. */
    @Nullable
    Item longestUnchanged() {
        Item found = null;
        for (int i = 0; i < items.size() - 1; i++) {
            Item item = items.get(i);
            if (found == null || item.version < found.version) {
                found = item;
            }
        }
        return found;
    }
}
