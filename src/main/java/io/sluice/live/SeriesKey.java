package io.sluice.live;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an item is about, apart from its window's start.
 *
 * @param device null for a group's rollup
 * @param group the group of a group's rollup; of presence and rejects the device's group, null where it has none
 * @param metric the metric; of a reject its code; empty for presence
 * @param unit empty where readings had none
 * @param window the window's name; empty for presence and rejects
 */
record SeriesKey(@Nullable String device, @Nullable String group, String metric, String unit, String window) {
    /** Devices before groups, then by name. */
    static final Comparator<SeriesKey> ORDER = Comparator.comparing(
                    SeriesKey::device, Comparator.nullsLast(Comparator.<String>naturalOrder()))
            .thenComparing(SeriesKey::group, Comparator.nullsLast(Comparator.<String>naturalOrder()))
            .thenComparing(SeriesKey::metric)
            .thenComparing(SeriesKey::unit)
            .thenComparing(SeriesKey::window);

    /** Asked for with every rollup, as the hash code is; those that a record gets are several times as dear. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SeriesKey key
                && metric.equals(key.metric)
                && Objects.equals(device, key.device)
                && Objects.equals(group, key.group)
                && window.equals(key.window)
                && unit.equals(key.unit);
    }

    @Override
    public int hashCode() {
        int hash = 31 * Objects.hashCode(device) + Objects.hashCode(group);
        hash = 31 * hash + metric.hashCode();
        return 31 * (31 * hash + unit.hashCode()) + window.hashCode();
    }

    static SeriesKey ofDevice(String device, @Nullable String group, String metric) {
        return new SeriesKey(device, group, metric, "", "");
    }
}
