package io.sluice.senml;

import io.sluice.telemetry.RejectCode;

/**
 * Leaves a decoder from any depth. It never leaves this room: {@code decode} turns it into an {@link Outcome}. Without a
 * stack trace, since a peer can cause it with every message.
 */
final class PackException extends Exception {
    private final RejectCode code;
    private final String detail;

    private PackException(RejectCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
        this.detail = detail;
    }

    /** @param detail without payload beyond a label, an index or a position */
    static PackException malformed(String detail) {
        return new PackException(RejectCode.MALFORMED, detail);
    }

    static PackException tooManyRecords(int max) {
        return new PackException(RejectCode.TOO_MANY_RECORDS, "more than " + max + " records");
    }

    static PackException tooLarge(int max) {
        return new PackException(RejectCode.TOO_LARGE, "the resolved form is over " + max + " octets");
    }

    Outcome outcome() {
        return new Outcome.Refused(code, detail);
    }
}
