package io.sluice.rollup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A rollup item as JSON (operator protocol section 1): the value of a record on {@code rollups} and the item that
 * browsers get. Numbers are written in the shortest form that reads back as the same double; a figure that is not
 * finite is absent. A text item carries {@code "type":"string"}, {@code count} and {@code last} alone.
 *
 * <p>Streaming, without reflection, so that it is the same in a native executable. Thread-safe.
 */
public final class RollupJson {
    static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private RollupJson() {}

    public static byte[] encode(RollupItem item) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(320);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            write(item, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes the item as one object into a document that the caller composes. */
    public static void write(RollupItem item, JsonGenerator json) throws IOException {
        json.writeStartObject();
        if (item.device() != null) {
            json.writeStringField("device", item.device());
        }
        if (item.group() != null) {
            json.writeStringField("group", item.group());
        }
        json.writeStringField("metric", item.metric());
        if (item.unit() != null) {
            json.writeStringField("unit", item.unit());
        }
        json.writeStringField("window", item.window());
        json.writeNumberField("start", item.start());
        json.writeNumberField("count", item.count());
        if (item.lastText() != null) {
            json.writeStringField("type", "string");
            json.writeStringField("last", item.lastText());
        } else {
            figure(json, "min", item.min());
            figure(json, "max", item.max());
            figure(json, "mean", item.mean());
            figure(json, "stddev", item.stddev());
            figure(json, "last", item.last());
            figure(json, "p50", item.p50());
            figure(json, "p95", item.p95());
            figure(json, "p99", item.p99());
        }
        json.writeBooleanField("final", item.isFinal());
        json.writeEndObject();
    }

    private static void figure(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        }
    }

    /**
     * Reads what {@link #encode} wrote; unknown members are skipped, so that a newer writer does no harm.
     *
     * @throws IllegalArgumentException if they are not an item's bytes
     */
    public static RollupItem decode(byte[] bytes) {
        try (JsonParser json = FACTORY.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a rollup item");
            }
            Draft draft = new Draft();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                draft.take(name, json);
            }
            return draft.item();
        } catch (IOException e) {
            throw new IllegalArgumentException("not a rollup item", e);
        }
    }

    private static final class Draft {
        private @Nullable String device;
        private @Nullable String group;
        private @Nullable String metric;
        private @Nullable String unit;
        private @Nullable String window;
        private @Nullable String lastText;
        private long start;
        private long count;
        private double min = Double.NaN;
        private double max = Double.NaN;
        private double mean = Double.NaN;
        private double stddev = Double.NaN;
        private double last = Double.NaN;
        private double p50 = Double.NaN;
        private double p95 = Double.NaN;
        private double p99 = Double.NaN;
        private boolean isFinal;

        void take(String name, JsonParser json) throws IOException {
            switch (name) {
                case "device" -> device = json.getText();
                case "group" -> group = json.getText();
                case "metric" -> metric = json.getText();
                case "unit" -> unit = json.getText();
                case "window" -> window = json.getText();
                case "start" -> start = json.getLongValue();
                case "count" -> count = json.getLongValue();
                case "min" -> min = json.getDoubleValue();
                case "max" -> max = json.getDoubleValue();
                case "mean" -> mean = json.getDoubleValue();
                case "stddev" -> stddev = json.getDoubleValue();
                case "p50" -> p50 = json.getDoubleValue();
                case "p95" -> p95 = json.getDoubleValue();
                case "p99" -> p99 = json.getDoubleValue();
                case "final" -> isFinal = json.getBooleanValue();
                case "last" -> {
                    if (json.currentToken() == JsonToken.VALUE_STRING) {
                        lastText = json.getText();
                    } else {
                        last = json.getDoubleValue();
                    }
                }
                default -> json.skipChildren();
            }
        }

        RollupItem item() {
            if (metric == null || window == null || (device == null) == (group == null)) {
                throw new IllegalArgumentException("not a rollup item: a name is missing");
            }
            return new RollupItem(
                    device, group, metric, unit, window, start, count, min, max, mean, stddev, last, lastText, p50, p95,
                    p99, isFinal);
        }
    }
}
