package io.sluice.rollup;

import org.jspecify.annotations.Nullable;

/**
 * Several windows of one series as one that is as long as all of them. Count, extremes, mean and deviation are those of
 * all readings; quantiles come from the merged sketches, and are absent where one of the windows has none.
 *
 * <p>Not thread-safe.
 */
public final class LongerWindow {
    private final Aggregate whole = Aggregate.withQuantiles();
    private @Nullable RollupItem first;
    private boolean isMerged;

    /**
     * @param item of one series, in any order; of text and numbers the numbers count alone, as in a window
     * @param sketch of its readings; taken over, the caller does not use it any more
     */
    public void add(RollupItem item, @Nullable Sketch sketch) {
        whole.merge(Aggregate.of(item, sketch));
        isMerged = first != null;
        first = first == null ? item : first;
    }

    /**
     * @param part any of the items that were added, for the names of the series
     * @param start ms since 1970
     */
    public RollupItem item(RollupItem part, Window window, long start, boolean isFinal) {
        // A window that stands alone is given as it is: a deviation is squared to be merged, which not every one
        // survives.
        RollupItem alone = isMerged ? null : first;
        return new RollupItem(
                part.device(),
                part.group(),
                part.metric(),
                part.unit(),
                window.name(),
                start,
                whole.count(),
                alone == null ? whole.min() : alone.min(),
                alone == null ? whole.max() : alone.max(),
                alone == null ? whole.mean() : alone.mean(),
                alone == null ? whole.deviation() : alone.stddev(),
                alone == null ? whole.last() : alone.last(),
                whole.lastText(),
                whole.quantile(0.5),
                whole.quantile(0.95),
                whole.quantile(0.99),
                isFinal);
    }
}
