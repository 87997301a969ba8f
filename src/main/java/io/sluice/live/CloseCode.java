package io.sluice.live;

/** Every close code of the live stream (operator protocol section 1). */
enum CloseCode {
    PROTOCOL_ERROR(1002, "protocol error"),
    BAD_UTF8(1007, "text is not UTF-8"),
    POLICY(1008, "too many bad frames, a frame that does not end, or answers that are not read"),
    TOO_BIG(1009, "message too big"),
    RESTART(1012, "the instance stops; reconnect after the time told"),
    SESSION_ENDED(4401, "the operator's session ended; log in again"),
    ROLE_LOST(4403, "the operator may no longer see this"),
    HEARTBEAT(4408, "no pong came; reconnect"),
    TOO_SLOW(4413, "mode all and not reading; reconnect with since");

    private final int code;
    private final String sentence;

    CloseCode(int code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    int code() {
        return code;
    }

    String sentence() {
        return sentence;
    }
}
