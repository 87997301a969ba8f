package io.sluice.sim.firmware;

/** The close codes that a device treats in a way of its own (device protocol section 5); all others mean back-off. */
enum CloseCode {
    /** Broken UTF-8: the message that caused it is never accepted. */
    INVALID_PAYLOAD(1007, Advice.DROP_MESSAGE),
    /** Too big: the same. */
    TOO_BIG(1009, Advice.DROP_MESSAGE),
    /** After {@code goaway}: the server told when to come back. */
    RESTART(1012, Advice.AS_TOLD),
    REVOKED(4501, Advice.FINAL),
    DISABLED(4503, Advice.FINAL),
    TAKEN_OVER(4509, Advice.FINAL);

    enum Advice {
        BACK_OFF,
        DROP_MESSAGE,
        AS_TOLD,
        FINAL
    }

    static final int NORMAL = 1000;
    static final int GOING_AWAY = 1001;

    private final int code;
    private final Advice advice;

    CloseCode(int code, Advice advice) {
        this.code = code;
        this.advice = advice;
    }

    static Advice advice(int code) {
        for (CloseCode known : values()) {
            if (known.code == code) {
                return known.advice;
            }
        }
        return Advice.BACK_OFF;
    }

    static boolean isTooBig(int code) {
        return code == TOO_BIG.code;
    }
}
