package io.sluice.history;

import io.sluice.platform.ProblemException;
import io.sluice.rollup.LongerWindow;
import io.sluice.rollup.RollupItem;
import io.sluice.rollup.Sketch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gathers one page. Rows come in the order of unit and start, so one window is open at a time, and only its readings'
 * sketch is in memory, however long the range.
 *
 * <p>Not thread-safe.
 */
final class HistoryAnswer {
    private final HistoryQuery query;
    private final long now;
    private final List<RollupItem> items = new ArrayList<>();
    private @Nullable LongerWindow open;
    private @Nullable RollupItem newest;
    private @Nullable PagePosition next;
    private long openStart;

    /** @param now ms since 1970; a window that ends later is not final */
    HistoryAnswer(HistoryQuery query, long now) {
        this.query = query;
        this.now = now;
    }

    /** @return whether another row has room */
    boolean take(RollupItem row, @Nullable Sketch sketch) {
        long start = query.resolution().startOf(row.start());
        RollupItem before = newest;
        if (before == null || start != openStart || !Objects.equals(before.unit(), row.unit())) {
            close();
            if (items.size() == query.limit()) {
                next = position(start, row);
                return false;
            }
            open = new LongerWindow();
            openStart = start;
        }
        newest = row;
        Objects.requireNonNull(open).add(row, sketch);
        return true;
    }

    private void close() {
        if (open != null && newest != null) {
            boolean isStored =
                    newest.window().equals(query.resolution().window().name());
            boolean isFinal = isStored || query.resolution().endOf(openStart) <= now;
            items.add(open.item(newest, query.resolution().window(), openStart, isFinal));
            open = null;
        }
    }

    /** All rows were taken. */
    void end() {
        close();
    }

    /**
     * There are more rows than one answer is made of: the window that is open goes to the next page.
     *
     * @throws ProblemException 400 where it is the only one, and would be so every time
     */
    void cut(int rows) {
        if (items.isEmpty() || newest == null) {
            throw new ProblemException(
                    400, "One item would be made of more than " + rows + " windows; ask for more points.");
        }
        next = position(openStart, newest);
        open = null;
    }

    private PagePosition position(long start, RollupItem row) {
        return new PagePosition(query.from(), query.to(), start, row.unit() == null ? "" : row.unit());
    }

    List<RollupItem> items() {
        return items;
    }

    /** Null at the end. */
    @Nullable
    String next() {
        return next == null ? null : next.text();
    }
}
