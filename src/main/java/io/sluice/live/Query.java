package io.sluice.live;

import org.jspecify.annotations.Nullable;

/**
 * What is asked of a board. Equal queries at the same version give the same page, which is therefore made once.
 *
 * @param finalsOnly whether only final windows count, as in {@link Mode#ALL}
 * @param depth how many of a series' newest windows count, besides open ones; 0 for all
 * @param since only what came at or after it; null for everything
 */
record Query(
        Filter filter,
        boolean finalsOnly,
        int depth,
        @Nullable Position since) {
    boolean wants(Item item) {
        if (finalsOnly && !item.isFinal) {
            return false;
        }
        if (depth > 0 && item.isFinal && !item.series.isAmongNewest(item, depth)) {
            return false;
        }
        return since == null || item.offset >= since.next(item.partition);
    }
}
