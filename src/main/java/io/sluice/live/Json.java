package io.sluice.live;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;

/** The few pieces of JSON that are put together by hand, because their parts are bytes already. */
final class Json {
    private Json() {}

    /** The values separated by commas. */
    static byte[] join(List<byte[]> values) {
        int length = Math.max(0, values.size() - 1);
        for (byte[] value : values) {
            length += value.length;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] value : values) {
            if (at > 0) {
                joined[at++] = ',';
            }
            System.arraycopy(value, 0, joined, at, value.length);
            at += value.length;
        }
        return joined;
    }

    /** The text with its quotes. */
    static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
