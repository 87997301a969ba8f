package io.sluice.senml;

import io.sluice.telemetry.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Octets of a record in resolved form, for {@link DecoderLimits#maxResolvedBytes()}. Exact but for numbers, which count as
 * the longest that {@link NumberText} writes, so what is counted is never less than what will be written.
 */
final class ResolvedSize {
    /** {@code []} of the pack. */
    static final int PACK = 2;

    private static final int NUMBER = NumberText.MAX_LENGTH;
    private static final int NAME = "{\"n\":\"\"},".length();
    private static final int UNIT = ",\"u\":\"\"".length();
    private static final int TIME = ",\"t\":".length() + NUMBER;
    private static final int SUM = ",\"s\":".length() + NUMBER;
    private static final int UPDATE_TIME = ",\"ut\":".length() + NUMBER;

    private ResolvedSize() {}

    static int ofRecord(
            int name, int unit, ValueType type, @Nullable String text, boolean hasSum, boolean hasUpdateTime) {
        return NAME
                + name
                + (unit == 0 ? 0 : UNIT + unit)
                + TIME
                + ofValue(type, text)
                + (hasSum ? SUM : 0)
                + (hasUpdateTime ? UPDATE_TIME : 0);
    }

    private static int ofValue(ValueType type, @Nullable String text) {
        return switch (type) {
            case NUMBER -> ",\"v\":".length() + NUMBER;
            case BOOLEAN -> ",\"vb\":false".length();
            case STRING, DATA -> ",\"vs\":\"\"".length() + (text == null ? 0 : escaped(text));
            case SUM_ONLY -> 0;
        };
    }

    private static int escaped(String text) {
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20) {
                size += 6;
            } else if (c == '"' || c == '\\') {
                size += 2;
            } else {
                // Each half of a surrogate pair counts 2 of the pair's 4 octets.
                size += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            }
        }
        return size;
    }
}
