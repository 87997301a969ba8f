package io.sluice.telemetry;

import java.util.Map;

/**
 * The rules that a device's readings are judged by.
 *
 * @param strict whether metrics that are not listed are refused
 * @param readingsPerSecond sustained rate of the device's token bucket
 * @param burst size of the bucket, in readings
 * @param metrics rules by metric name
 */
public record Profile(String name, boolean strict, int readingsPerSecond, int burst, Map<String, MetricRule> metrics) {

    /** Judges devices without a profile of their own: any metric in any range (operator protocol section 3). */
    public static final Profile DEFAULT = new Profile("default", false, 1_000, 2_000, Map.of());

    public Profile {
        metrics = Map.copyOf(metrics);
    }
}
