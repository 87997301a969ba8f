package io.sluice.sim.pack;

import org.jspecify.annotations.Nullable;

/**
 * One value of one metric at one time.
 *
 * @param metric name without the device's prefix
 * @param unit SenML unit; null for none
 * @param timeMs event time, ms since 1970
 */
public record Reading(String metric, @Nullable String unit, long timeMs, Value value) {}
