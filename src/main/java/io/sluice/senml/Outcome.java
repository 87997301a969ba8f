package io.sluice.senml;

import io.sluice.telemetry.RejectCode;

/** What a decoder says of a message. */
public sealed interface Outcome {
    Outcome DECODED = new Decoded();

    record Decoded() implements Outcome {}

    /** @param detail for a person, without payload beyond a label or position */
    record Refused(RejectCode code, String detail) implements Outcome {}
}
