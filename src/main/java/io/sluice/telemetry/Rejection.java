package io.sluice.telemetry;

import java.util.List;

/**
 * One reason and the records it hit: one reject frame and one dead letter (device protocol section 2).
 *
 * @param detail for a person, at most 200 characters
 * @param records 0-based indexes in the message; empty where the whole message is refused
 */
public record Rejection(RejectCode code, String detail, List<Integer> records) {
    public static final int MAX_DETAIL = 200;

    public Rejection {
        detail = detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL);
        records = List.copyOf(records);
    }

    public static Rejection ofMessage(RejectCode code, String detail) {
        return new Rejection(code, detail, List.of());
    }

    public boolean wholeMessage() {
        return records.isEmpty();
    }
}
