package io.sluice.protocol;

/**
 * Every code the server closes a device's connection with, its sentence and what the device does next (device protocol
 * section 5). The sentence is the close frame's reason: at most 123 octets of ASCII.
 */
public enum CloseCode {
    NORMAL(1000, "closed", Reconnect.AS_IT_LIKES),
    GOING_AWAY(1001, "going away", Reconnect.AS_IT_LIKES),
    PROTOCOL_ERROR(1002, "protocol error", Reconnect.AFTER_BACK_OFF),
    UNSUPPORTED(1003, "unsupported", Reconnect.AFTER_BACK_OFF),
    BAD_UTF8(1007, "text is not UTF-8", Reconnect.AFTER_BACK_OFF),
    POLICY(1008, "policy violation", Reconnect.AFTER_BACK_OFF),
    TOO_BIG(1009, "message too big", Reconnect.AFTER_BACK_OFF),
    INTERNAL(1011, "internal error", Reconnect.AFTER_BACK_OFF),
    RESTART(1012, "restart", Reconnect.WHEN_TOLD),
    OVERLOAD(1013, "overload", Reconnect.AFTER_BACK_OFF),
    EXPIRED(4401, "token or certificate expired", Reconnect.AFTER_BACK_OFF),
    SILENT(4408, "heartbeat missed", Reconnect.AFTER_BACK_OFF),
    RATE(4429, "rate limit ignored", Reconnect.AFTER_BACK_OFF),
    REVOKED(4501, "credential revoked", Reconnect.NOT_BY_ITSELF),
    DISABLED(4503, "device disabled", Reconnect.NOT_BY_ITSELF),
    TAKEN_OVER(4509, "taken over by a newer connection", Reconnect.NOT_BY_ITSELF);

    /** What a device does after the close. */
    public enum Reconnect {
        AS_IT_LIKES,
        AFTER_BACK_OFF,
        /** After the time that {@code goaway} told. */
        WHEN_TOLD,
        /** Only after a restart, with another credential, or after an hour. */
        NOT_BY_ITSELF
    }

    private final int code;
    private final String sentence;
    private final Reconnect reconnect;

    CloseCode(int code, String sentence, Reconnect reconnect) {
        this.code = code;
        this.sentence = sentence;
        this.reconnect = reconnect;
    }

    public int code() {
        return code;
    }

    public String sentence() {
        return sentence;
    }

    public Reconnect reconnect() {
        return reconnect;
    }
}
