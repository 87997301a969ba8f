package io.sluice.telemetry;

/** What a record carries (RFC 8428 section 4.2). {@link #SUM_ONLY} has a sum {@code s} and no value. */
public enum ValueType {
    NUMBER,
    STRING,
    BOOLEAN,
    DATA,
    SUM_ONLY
}
