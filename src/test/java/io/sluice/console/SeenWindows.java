package io.sluice.console;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the first chart of a device's page is drawn from.
 *
 * @param starts of its windows, ms since 1970, ascending
 * @param counts readings in each
 */
record SeenWindows(List<Long> starts, List<Integer> counts) {
    static SeenWindows of(Page page) {
        @SuppressWarnings("unchecked")
        List<List<Number>> columns =
                (List<List<Number>>) page.locator("sl-metric").first().evaluate("""
                metric => [[...metric.metric.series.start], [...metric.metric.series.count]]""");
        return new SeenWindows(
                columns.get(0).stream().map(Number::longValue).toList(),
                columns.get(1).stream().map(Number::intValue).toList());
    }

    int size() {
        return starts.size();
    }

    long first() {
        return starts.get(0);
    }

    long last() {
        return starts.get(size() - 1);
    }

    /** The longest time from a window to the next, ms. */
    long widestGap() {
        return IntStream.range(1, size())
                .mapToLong(i -> starts.get(i) - starts.get(i - 1))
                .max()
                .orElse(0);
    }

    /** By how many readings all those inner windows fall short of so many in each. */
    int missing(int readings) {
        return IntStream.range(1, size() - 1).map(i -> readings - counts.get(i)).sum();
    }

    /** Those of other than so many readings; the first one may have begun before, the last one still grows. */
    List<Long> otherThan(int readings) {
        return IntStream.range(1, size() - 1)
                .filter(i -> counts.get(i) != readings)
                .mapToObj(starts::get)
                .toList();
    }
}
