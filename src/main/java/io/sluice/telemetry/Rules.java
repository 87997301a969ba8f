package io.sluice.telemetry;

import java.util.List;

/** Judges resolved readings by a profile (device protocol section 3). */
public final class Rules {
    /** Which metrics a device has used so far; bounds how many it may invent. */
    public interface KnownMetrics {
        /** Whether the metric is known or, being new, still fits; it is then known. */
        boolean admit(String metric);
    }

    private final double futureToleranceSeconds;
    private final double pastToleranceSeconds;

    public Rules(double futureToleranceSeconds, double pastToleranceSeconds) {
        this.futureToleranceSeconds = futureToleranceSeconds;
        this.pastToleranceSeconds = pastToleranceSeconds;
    }

    /**
     * Marks failing records as refused and gives units to records that name none.
     *
     * @param now seconds since 1970
     * @return one rejection per code, empty where every record is good
     */
    public List<Rejection> judge(Readings readings, Profile profile, KnownMetrics metrics, double now) {
        throw new UnsupportedOperationException("being written " + futureToleranceSeconds + pastToleranceSeconds);
    }
}
