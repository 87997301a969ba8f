package io.sluice.telemetry;

import java.util.List;

/**
 * One reason and the records it hit: one reject frame and one dead letter (device protocol section 2).
 *
 * @param detail for a person, at most 200 characters, none of them a control character
 * @param records 0-based indexes in the message; empty where the whole message is refused
 */
public record Rejection(RejectCode code, String detail, List<Integer> records) {
    public static final int MAX_DETAIL = 200;

    public Rejection {
        detail = printable(shortened(detail));
        records = List.copyOf(records);
    }

    public static Rejection ofMessage(RejectCode code, String detail) {
        return new Rejection(code, detail, List.of());
    }

    public boolean wholeMessage() {
        return records.isEmpty();
    }

    private static String shortened(String text) {
        if (text.length() <= MAX_DETAIL) {
            return text;
        }
        // Half a surrogate pair could not be written as UTF-8.
        boolean splits = Character.isHighSurrogate(text.charAt(MAX_DETAIL - 1));
        return text.substring(0, splits ? MAX_DETAIL - 1 : MAX_DETAIL);
    }

    /** A unit is the device's to choose, and a detail goes to logs, headers and terminals. */
    private static String printable(String text) {
        return text.codePoints().allMatch(Rejection::isPrintable)
                ? text
                : text.codePoints()
                        .map(point -> isPrintable(point) ? point : '?')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
