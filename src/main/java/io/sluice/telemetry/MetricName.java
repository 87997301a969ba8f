package io.sluice.telemetry;

/** From a resolved SenML name to a metric (device protocol section 3). */
public final class MetricName {
    private MetricName() {}

    /**
     * The name less the device's own prefix ({@code <id>:}, {@code <id>/} or {@code urn:dev:…:<id>:}), removed once;
     * the full name where the rest would be empty or no valid SenML name.
     */
    public static String strip(String device, String resolvedName) {
        throw new UnsupportedOperationException("being written");
    }
}
