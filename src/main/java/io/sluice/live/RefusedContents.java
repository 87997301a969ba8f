package io.sluice.live;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the newest dead letters hold, for {@code GET /api/rejects}: the refused records, or the raw message, of each the first
 * {@value #SHOWN_BYTES} octets. The live stream carries none of it.
 *
 * <p>Thread-safe. As many as there are dead letters on the board at most; the oldest go.
 */
final class RefusedContents {
    static final int SHOWN_BYTES = 1_000;
    private static final String JSON = "application/senml+json";

    private final Map<Place, Content> contents;

    RefusedContents(int maxRejects) {
        contents = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Place, Content> eldest) {
                return size() > maxRejects;
            }
        };
    }

    private record Place(int partition, long offset) {}

    private record Content(byte[] beginning, int length, String type) {}

    void keep(ConsumerRecord<byte[], byte[]> deadLetter) {
        byte[] value = deadLetter.value();
        if (value == null || value.length == 0) {
            return;
        }
        String type = Headers.text(deadLetter, "content-type");
        Content content = new Content(
                Arrays.copyOf(value, Math.min(value.length, SHOWN_BYTES)), value.length, type == null ? JSON : type);
        synchronized (contents) {
            contents.put(new Place(deadLetter.partition(), deadLetter.offset()), content);
        }
    }

    /** The item with what its dead letter holds; as it is where that is not known or nothing. */
    byte[] addTo(Board.Newest reject) {
        @Nullable Content content;
        synchronized (contents) {
            content = contents.get(new Place(reject.partition(), reject.offset()));
        }
        if (content == null) {
            return reject.json();
        }
        String members = ",\"content\":" + Json.quote(written(content))
                + ",\"contentType\":" + Json.quote(content.type)
                + ",\"contentBytes\":" + content.length + "}";
        return Json.wrap("", Arrays.copyOf(reject.json(), reject.json().length - 1), members);
    }

    /** Text as it is, anything else in hexadecimal digits. */
    private static String written(Content content) {
        byte[] beginning = content.beginning;
        if (!content.type.equals(JSON)) {
            return HexFormat.of().formatHex(beginning);
        }
        String text = new String(beginning, StandardCharsets.UTF_8);
        boolean isCutWithinACharacter = beginning.length < content.length && text.endsWith("\uFFFD");
        return isCutWithinACharacter ? text.substring(0, text.length() - 1) : text;
    }
}
