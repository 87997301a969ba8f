package io.sluice.sim.firmware;

import io.sluice.sim.json.JsonTree;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the server's control frames: one object with one key (device protocol section 2). */
final class ServerFrames {
    private ServerFrames() {}

    /** What the frames mean to whoever reads them. */
    interface Reader {
        void welcome(Welcome welcome);

        void ack(long number);

        /** @param records how many records; -1 for the whole message */
        void reject(long number, String code, String detail, int records);

        void slowdown(long millis);

        void goaway(long millis);

        /** Nothing that this device knows or can read. */
        void odd(String what);
    }

    /** @param timeMs the server's clock, ms since 1970; 0 where it did not tell */
    record Welcome(
            String device, String epoch, long next, int window, int maxMessageBytes, long heartbeatMs, long timeMs) {}

    static void read(String frame, Reader reader) {
        Map<String, @Nullable Object> object;
        try {
            object = JsonTree.object(frame);
        } catch (IOException e) {
            reader.odd("a frame that is no JSON object");
            return;
        }
        read(object, reader);
    }

    static void read(byte[] frame, Reader reader) {
        Map<String, @Nullable Object> object;
        try {
            object = JsonTree.object(frame);
        } catch (IOException e) {
            reader.odd("a frame that is no CBOR map");
            return;
        }
        read(object, reader);
    }

    private static void read(Map<String, @Nullable Object> object, Reader reader) {
        if (object.size() != 1) {
            reader.odd("a frame with " + object.size() + " keys");
            return;
        }
        String key = object.keySet().iterator().next();
        Map<String, @Nullable Object> body = JsonTree.child(object, key);
        switch (key) {
            case "welcome" -> reader.welcome(welcome(body));
            case "ack" -> reader.ack(JsonTree.integer(object, key, -1));
            case "reject" ->
                reader.reject(
                        JsonTree.integer(body, "seq", -1),
                        JsonTree.text(body, "code", "(none)"),
                        JsonTree.text(body, "detail", ""),
                        body.get("records") instanceof List<?> records ? records.size() : -1);
            case "slowdown" -> reader.slowdown(JsonTree.integer(body, "retryAfterMs", 1_000));
            case "goaway" -> reader.goaway(JsonTree.integer(body, "reconnectAfterMs", 1_000));
            case "error" -> reader.odd("error " + JsonTree.text(body, "code", "(none)"));
            default -> reader.odd("unknown frame " + key.substring(0, Math.min(32, key.length())));
        }
    }

    private static Welcome welcome(Map<String, @Nullable Object> body) {
        return new Welcome(
                JsonTree.text(body, "device", ""),
                JsonTree.text(body, "epoch", ""),
                JsonTree.integer(body, "next", -1),
                (int) clamped(JsonTree.integer(body, "window", 256), 1, 1_000_000),
                (int) clamped(JsonTree.integer(body, "maxMessageBytes", 65_536), 1, Integer.MAX_VALUE),
                1_000 * clamped(JsonTree.integer(body, "heartbeatSeconds", 25), 1, 3_600),
                body.get("time") instanceof Number seconds ? Math.round(seconds.doubleValue() * 1_000) : 0);
    }

    private static long clamped(long value, long least, long greatest) {
        return Math.max(least, Math.min(greatest, value));
    }
}
