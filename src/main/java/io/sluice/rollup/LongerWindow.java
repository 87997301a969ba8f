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

    /**
     * @param item of one series, in any order; of text and numbers the numbers count alone, as in a window
     * @param sketch of its readings; taken over, the caller does not use it any more
     */
    public void add(RollupItem item, @Nullable Sketch sketch) {
        whole.merge(Aggregate.of(item, sketch));
    }

    /**
     * @param part any of the items that were added, for the names of the series
     * @param start ms since 1970
     */
    public RollupItem item(RollupItem part, Window window, long start, boolean isFinal) {
        return new RollupItem(
                part.device(),
                part.group(),
                part.metric(),
                part.unit(),
                window.name(),
                start,
                whole.count(),
                whole.min(),
                whole.max(),
                whole.mean(),
                whole.deviation(),
                whole.last(),
                whole.lastText(),
                whole.quantile(0.5),
                whole.quantile(0.95),
                whole.quantile(0.99),
                isFinal);
    }
}
