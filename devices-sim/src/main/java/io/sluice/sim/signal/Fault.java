package io.sluice.sim.signal;

import io.sluice.sim.pack.Reading;
import io.sluice.sim.pack.Value;

/** What a troubled device may do to a reading: one for each way in which the server judges a single record. */
public enum Fault {
    /** Far beyond what any sensor gives. */
    OUT_OF_RANGE,
    WRONG_UNIT,
    WRONG_TYPE,
    /** A clock that is an hour fast. */
    FUTURE_TIME,
    /** A clock that thinks it is a month ago. */
    STALE_TIME;

    private static final long HOUR_MS = 3_600_000;
    private static final long MONTH_MS = 30 * 24 * HOUR_MS;

    public Reading spoil(Reading sound) {
        return switch (this) {
            case OUT_OF_RANGE -> new Reading(sound.metric(), sound.unit(), sound.timeMs(), Value.of(9_999_999));
            case WRONG_UNIT -> new Reading(sound.metric(), "lm", sound.timeMs(), sound.value());
            case WRONG_TYPE -> new Reading(sound.metric(), sound.unit(), sound.timeMs(), Value.of("#ERR"));
            case FUTURE_TIME -> new Reading(sound.metric(), sound.unit(), sound.timeMs() + HOUR_MS, sound.value());
            case STALE_TIME -> new Reading(sound.metric(), sound.unit(), sound.timeMs() - MONTH_MS, sound.value());
        };
    }
}
