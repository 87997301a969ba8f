package io.sluice.rollup;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names one window of one metric: the key of a record on the topic {@code rollups}, under which interim and final
 * values follow each other.
 *
 * <p>Its bytes are a JSON array in UTF-8, for example
 * {@code ["device","pump-7","temperature","Cel","1s",1763632800000]}, with {@code ""} for no unit.
 *
 * @param id the device's id or the group's name
 * @param unit null where readings had none
 * @param window its configured name, such as {@code 10s}
 * @param start ms since 1970
 */
public record RollupKey(
        Kind kind, String id, String metric, @Nullable String unit, String window, long start) {
    public enum Kind {
        DEVICE("device"),
        GROUP("group");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As it stands in keys and items. */
        public String word() {
            return word;
        }

        private static Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.word.equals(word)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no kind of rollup: " + word);
        }
    }

    /** Asked for with every reading, as the hash code is; those that a record gets are several times as dear. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RollupKey key
                && start == key.start
                && kind == key.kind
                && id.equals(key.id)
                && metric.equals(key.metric)
                && window.equals(key.window)
                && Objects.equals(unit, key.unit);
    }

    @Override
    public int hashCode() {
        int hash = 31 * id.hashCode() + metric.hashCode();
        hash = 31 * hash + (unit == null ? 0 : unit.hashCode());
        hash = 31 * hash + window.hashCode();
        return 31 * hash + Long.hashCode(start);
    }

    public static RollupKey of(RollupItem item) {
        return item.device() != null
                ? new RollupKey(Kind.DEVICE, item.device(), item.metric(), item.unit(), item.window(), item.start())
                : groupKey(item);
    }

    private static RollupKey groupKey(RollupItem item) {
        if (item.group() == null) {
            throw new IllegalArgumentException("an item of neither a device nor a group");
        }
        return new RollupKey(Kind.GROUP, item.group(), item.metric(), item.unit(), item.window(), item.start());
    }

    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
        try (JsonGenerator json = RollupJson.FACTORY.createGenerator(bytes)) {
            json.writeStartArray();
            json.writeString(kind.word());
            json.writeString(id);
            json.writeString(metric);
            json.writeString(unit == null ? "" : unit);
            json.writeString(window);
            json.writeNumber(start);
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException if they are not a key's bytes */
    public static RollupKey fromBytes(byte[] bytes) {
        try (JsonParser json = RollupJson.FACTORY.createParser(bytes)) {
            expect(json, JsonToken.START_ARRAY);
            Kind kind = Kind.of(text(json));
            String id = text(json);
            String metric = text(json);
            String unit = text(json);
            String window = text(json);
            expect(json, JsonToken.VALUE_NUMBER_INT);
            long start = json.getLongValue();
            expect(json, JsonToken.END_ARRAY);
            return new RollupKey(kind, id, metric, unit.isEmpty() ? null : unit, window, start);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a rollup's key", e);
        }
    }

    private static String text(JsonParser json) throws IOException {
        expect(json, JsonToken.VALUE_STRING);
        return json.getText();
    }

    private static void expect(JsonParser json, JsonToken token) throws IOException {
        if (json.nextToken() != token) {
            throw new IllegalArgumentException("not a rollup's key");
        }
    }
}
