package io.sluice.live;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest rollup of each series as an answer to a poll.
 *
 * @param etag made of the items' places in Kafka, so that it means the same on every instance
 */
record LatestAnswer(byte[] json, String etag) {

    /**
     * @param after the {@code next} of an earlier answer; null for the beginning
     * @param limit items at most
     */
    static LatestAnswer of(List<Board.Newest> newest, @Nullable String after, int limit) {
        List<byte[]> items = new ArrayList<>();
        long hash = 1_125_899_906_842_597L;
        String next = null;
        String last = "";
        for (Board.Newest one : newest) {
            String token = token(one.key());
            if (after != null && token.compareTo(after) <= 0) {
                continue;
            }
            if (items.size() == limit) {
                next = last;
                break;
            }
            last = token;
            items.add(one.json());
            hash = (hash * 31 + one.key().hashCode()) * 31 + one.partition();
            hash = hash * 31 + one.offset();
        }
        StringBuilder tail = new StringBuilder("]");
        if (next != null) {
            String encoded =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(next.getBytes(StandardCharsets.UTF_8));
            tail.append(",\"next\":\"").append(encoded).append('"');
        }
        return new LatestAnswer(
                Json.wrap("{\"items\":[", Json.join(items), tail.append('}').toString()),
                "\"" + Long.toString(hash & Long.MAX_VALUE, 36) + "\"");
    }

    /** In the same order as the keys: a separator that sorts before every character of a name. */
    private static String token(SeriesKey key) {
        String name = key.device() != null ? "d\u0000" + key.device() : "g\u0000" + key.group();
        return String.join("\u0000", name, key.metric(), key.unit(), key.window());
    }

    static @Nullable String after(@Nullable String next) {
        if (next == null) {
            return null;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(next), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
