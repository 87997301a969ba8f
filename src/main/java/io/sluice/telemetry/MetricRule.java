package io.sluice.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * What a profile says of one metric.
 *
 * @param unit the only unit accepted, also taken where a record names none; null accepts any
 * @param type the only type accepted; null accepts any
 * @param min smallest value accepted, inclusive; negative infinity for none
 * @param max greatest value accepted, inclusive; positive infinity for none
 */
public record MetricRule(
        String name, @Nullable String unit, @Nullable ValueType type, double min, double max) {}
