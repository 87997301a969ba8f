package io.sluice.rollup;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the arithmetic of a device needs of the configuration.
 *
 * @param grace ms after a window's end for which it stays open
 * @param maxOpenWindows of one device; readings that would need more are not rolled up and are counted
 * @param maxTextLength characters kept of a text metric's last value
 * @param history those of the windows whose final values are stored
 */
record RollupPlan(List<Window> windows, long grace, int maxOpenWindows, int maxTextLength, Set<Window> history) {
    RollupPlan {
        windows = List.copyOf(windows);
        history = Set.copyOf(history);
        if (!windows.containsAll(history)) {
            throw new IllegalArgumentException("a window for the history that is not made: " + history);
        }
        if (windows.isEmpty() || grace < 0) {
            throw new IllegalArgumentException("no window, or a negative grace");
        }
        if (windows.stream().mapToLong(Window::length).distinct().count() < windows.size()) {
            throw new IllegalArgumentException("the same length of window twice");
        }
    }

    /** Stores nothing. */
    RollupPlan(List<Window> windows, long grace, int maxOpenWindows, int maxTextLength) {
        this(windows, grace, maxOpenWindows, maxTextLength, Set.of());
    }

    /** The place of that length among the windows, or -1: what is stored outlives a change of configuration. */
    int indexOf(long length) {
        for (int i = 0; i < windows.size(); i++) {
            if (windows.get(i).length() == length) {
                return i;
            }
        }
        return -1;
    }

    /** The place of the window of that name, or -1. */
    int indexOf(String name) {
        for (int i = 0; i < windows.size(); i++) {
            if (windows.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    String cut(String text) {
        if (text.length() <= maxTextLength) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(maxTextLength - 1));
        return text.substring(0, splitsPair ? maxTextLength - 1 : maxTextLength);
    }

    /** An empty unit is none. */
    static @Nullable String unitOrNull(@Nullable String unit) {
        return unit == null || unit.isEmpty() ? null : unit;
    }
}
