package io.sluice.senml;

import io.sluice.telemetry.Readings;

/** Decodes one SenML pack into resolved records. Implementations are pure: no logging, no side effect but the target. */
public interface PackDecoder {
    /**
     * @param now seconds since 1970, the time of records that carry none or a relative one
     * @param into cleared first; its content is undefined after {@link Outcome.Refused}
     */
    Outcome decode(byte[] message, int offset, int length, double now, Readings into);
}
