package io.sluice.history;

import io.sluice.platform.ProblemException;
import io.sluice.rollup.RollupKey;
import io.sluice.rollup.Window;
import io.sluice.telemetry.Identifier;
import io.sluice.telemetry.MetricName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question for stored rollups (operator protocol section 2), judged.
 *
 * @param id the device's or the group's
 * @param stored the window that is read
 * @param from inclusive, {@code to} exclusive, ms since 1970
 * @param begin where this page begins
 * @param limit items of this page
 */
record HistoryQuery(
        RollupKey.Kind kind,
        String id,
        String metric,
        Window stored,
        long from,
        long to,
        Resolution resolution,
        PagePosition begin,
        int limit) {
    static final int DEFAULT_LIMIT = 1_000;
    static final int MAX_ITEMS = 10_000;

    private static final long DAY = 86_400_000;
    /** The end of the year 9999. */
    static final long LAST = 253_402_300_800_000L;

    private static final int MAX_METRIC = 255;

    /** The parameters as they came; null where one did not. */
    record Parameters(
            @Nullable String device,
            @Nullable String group,
            @Nullable String metric,
            @Nullable String window,
            @Nullable String from,
            @Nullable String to,
            @Nullable String points,
            @Nullable String limit,
            @Nullable String next) {}

    /**
     * @param windows those that may be asked for
     * @param now ms since 1970, which {@code to} is where it is not given
     * @throws ProblemException 400 that says what is wrong
     */
    static HistoryQuery of(Parameters given, List<Window> windows, long now) {
        boolean ofDevice = given.device() != null;
        String id = ofDevice ? given.device() : given.group();
        if (id == null || (ofDevice && given.group() != null)) {
            throw new ProblemException(400, "Give either device or group.");
        }
        require(Identifier.isValid(id), "device and group are 1 to 64 of A-Z a-z 0-9 . _ -");
        String metric = given.metric();
        if (metric == null || metric.length() > MAX_METRIC || !MetricName.isValid(metric)) {
            throw new ProblemException(400, "metric must be the name of one metric.");
        }
        Window stored = window(given.window(), windows);
        PagePosition page = given.next() == null ? null : PagePosition.parse(given.next());
        long to = page != null ? page.to() : time("to", given.to(), now);
        long from = page != null ? page.from() : time("from", given.from(), Math.max(0, to - DAY));
        require(from < to, "from must be before to.");
        int limit = number("limit", given.limit(), DEFAULT_LIMIT, MAX_ITEMS);
        Resolution resolution = given.points() == null
                ? Resolution.asStored(stored)
                : Resolution.of(stored, from, to, number("points", given.points(), 1, MAX_ITEMS));
        return new HistoryQuery(
                ofDevice ? RollupKey.Kind.DEVICE : RollupKey.Kind.GROUP,
                id,
                metric,
                stored,
                from,
                to,
                resolution,
                page != null ? page : new PagePosition(from, to, from, ""),
                limit);
    }

    private static Window window(@Nullable String name, List<Window> windows) {
        if (name == null) {
            require(!windows.isEmpty(), "No window is stored.");
            return windows.get(0);
        }
        return windows.stream()
                .filter(window -> window.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        400,
                        "window must be one that is stored: "
                                + String.join(
                                        ", ", windows.stream().map(Window::name).toList())));
    }

    private static long time(String name, @Nullable String text, long absent) {
        return text == null ? absent : parse(name, text, 0, LAST, "ms since 1970");
    }

    private static int number(String name, @Nullable String text, int absent, int most) {
        return text == null ? absent : (int) parse(name, text, 1, most, "1 to " + most);
    }

    private static long parse(String name, String text, long least, long most, String form) {
        try {
            long value = Long.parseLong(text);
            require(value >= least && value <= most, name + " must be " + form + ".");
            return value;
        } catch (NumberFormatException e) {
            throw new ProblemException(400, name + " must be " + form + ".");
        }
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw new ProblemException(400, otherwise);
        }
    }
}
