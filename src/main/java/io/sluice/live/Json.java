package io.sluice.live;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

    static byte[] wrap(String head, byte[] middle, String tail) {
        byte[] start = head.getBytes(StandardCharsets.UTF_8);
        byte[] end = tail.getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(start, start.length + middle.length + end.length);
        System.arraycopy(middle, 0, whole, start.length, middle.length);
        System.arraycopy(end, 0, whole, start.length + middle.length, end.length);
        return whole;
    }

    /** The text with its quotes. */
    static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
