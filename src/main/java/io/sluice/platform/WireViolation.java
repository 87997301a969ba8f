package io.sluice.platform;

/** What a peer did wrong on the wire, as the code of the close frame that answers it (RFC 6455 section 7.4.1). */
public final class WireViolation extends Exception {
    public static final int PROTOCOL_ERROR = 1002;
    public static final int BAD_UTF8 = 1007;
    public static final int POLICY = 1008;
    public static final int TOO_BIG = 1009;

    private static final long serialVersionUID = 1L;

    private final int closeCode;
    private final String detail;

    /** Without a stack trace: a peer decides how many of these there are. */
    WireViolation(int closeCode, String message) {
        super(message, null, false, false);
        this.closeCode = closeCode;
        this.detail = message;
    }

    public int closeCode() {
        return closeCode;
    }

    /** For a person, without payload. */
    public String detail() {
        return detail;
    }
}
