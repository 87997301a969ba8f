package io.sluice.rollup;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one metric that are kept, per length and in the order of their starts. There are few (as many as fit
 * into the grace, and for the time of one message those of its readings), and the newest is asked for most.
 */
final class SeriesWindows {
    private final List<List<OpenWindow>> perLength;

    SeriesWindows(int lengths) {
        perLength = new ArrayList<>(lengths);
        for (int i = 0; i < lengths; i++) {
            perLength.add(new ArrayList<>(2));
        }
    }

    List<OpenWindow> ofLength(int length) {
        return perLength.get(length);
    }

    @Nullable
    OpenWindow find(int length, long start) {
        List<OpenWindow> windows = perLength.get(length);
        int last = windows.size() - 1;
        if (last >= 0 && windows.get(last).start == start) {
            return windows.get(last);
        }
        int place = place(windows, start);
        return place < windows.size() && windows.get(place).start == start ? windows.get(place) : null;
    }

    void add(int length, OpenWindow window) {
        List<OpenWindow> windows = perLength.get(length);
        windows.add(place(windows, window.start), window);
    }

    boolean isEmpty() {
        for (List<OpenWindow> windows : perLength) {
            if (!windows.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Of the first that starts there or later. */
    private static int place(List<OpenWindow> windows, long start) {
        int low = 0;
        int high = windows.size();
        if (high == 0 || windows.get(high - 1).start < start) {
            return high;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (windows.get(middle).start < start) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
