package io.sluice.live;

/** The codes of an {@code error} frame (operator protocol section 1). */
enum ErrorCode {
    BAD_FRAME("bad-frame"),
    DUPLICATE_ID("duplicate-id"),
    UNKNOWN_CHANNEL("unknown-channel"),
    UNKNOWN_WINDOW("unknown-window"),
    TOO_MANY("too-many"),
    FORBIDDEN("forbidden");

    private final String wireName;

    ErrorCode(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}
