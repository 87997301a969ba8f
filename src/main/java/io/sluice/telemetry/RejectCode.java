package io.sluice.telemetry;

/** Why a record or a whole message was refused; the wire names of device protocol section 3. */
public enum RejectCode {
    MALFORMED("malformed"),
    TOO_MANY_RECORDS("too-many-records"),
    TOO_LARGE("too-large"),
    UNKNOWN_METRIC("unknown-metric"),
    TOO_MANY_METRICS("too-many-metrics"),
    WRONG_UNIT("wrong-unit"),
    WRONG_TYPE("wrong-type"),
    OUT_OF_RANGE("out-of-range"),
    FUTURE_TIME("future-time"),
    STALE_TIME("stale-time");

    private final String wireName;

    RejectCode(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
