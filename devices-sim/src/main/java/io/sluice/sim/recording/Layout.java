package io.sluice.sim.recording;

import io.sluice.sim.firmware.DeviceId;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to read a recording.
 *
 * @param idColumns the columns whose values, joined by {@code -}, name a row's device; empty for one device
 * @param device id of that one device; elsewhere a prefix of the ids
 * @param timeColumn header of the column with the time
 * @param timeFormat null for detection by the first row
 * @param mapped metric and unit by column; columns that are not listed become metrics of their own name, without unit
 * @param ignored columns that are left out
 * @param emptyWords what stands for nothing in a cell, besides nothing
 */
public record Layout(
        List<String> idColumns,
        String device,
        String timeColumn,
        @Nullable String timeFormat,
        ZoneId zone,
        char separator,
        Map<String, Target> mapped,
        Set<String> ignored,
        Set<String> emptyWords) {

    /** What a column becomes. */
    public record Target(String metric, @Nullable String unit) {
        /**
         * @param text {@code metric} or {@code metric:unit}
         * @throws IllegalArgumentException where the metric is no SenML name
         */
        public static Target parse(String text) {
            int colon = text.indexOf(':');
            String metric = colon < 0 ? text : text.substring(0, colon);
            String unit = colon < 0 || colon == text.length() - 1 ? null : text.substring(colon + 1);
            if (!metric.matches("[A-Za-z0-9][A-Za-z0-9:./_-]*")) {
                throw new IllegalArgumentException("'" + metric + "' is no SenML name");
            }
            return new Target(metric, unit);
        }

        /** The column's own name, made a SenML name. */
        static Target automatic(String column) {
            return new Target(DeviceId.from(column), null);
        }
    }

    public Layout {
        idColumns = List.copyOf(idColumns);
        mapped = Map.copyOf(mapped);
        ignored = Set.copyOf(ignored);
        emptyWords = Set.copyOf(emptyWords);
    }
}
