package io.sluice.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.platform.ProblemException;
import io.sluice.rollup.RollupItem;
import io.sluice.rollup.RollupJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a page of stored rollups is written: {@code json} or {@code csv}. */
enum HistoryFormat {
    JSON("application/json") {
        @Override
        byte[] write(List<RollupItem> items, @Nullable String next) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + 256 * items.size());
            try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
                json.writeStartObject();
                json.writeArrayFieldStart("items");
                for (RollupItem item : items) {
                    RollupJson.write(item, json);
                }
                json.writeEndArray();
                if (next != null) {
                    json.writeStringField("next", next);
                }
                json.writeEndObject();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }
    },

    /** RFC 4180, with a header; a figure that an item has not is empty. */
    CSV("text/csv;charset=UTF-8;header=present") {
        @Override
        byte[] write(List<RollupItem> items, @Nullable String next) {
            StringBuilder csv = new StringBuilder(128 + 160 * items.size());
            csv.append("device,group,metric,unit,window,start,count,min,max,mean,stddev,last,p50,p95,p99\r\n");
            for (RollupItem item : items) {
                row(csv, item);
            }
            return csv.toString().getBytes(StandardCharsets.UTF_8);
        }
    };

    private static final JsonFactory FACTORY = new JsonFactory();

    private final String mediaType;

    HistoryFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** @param next null at the end; CSV has no place for it */
    abstract byte[] write(List<RollupItem> items, @Nullable String next);

    /** @throws ProblemException 400 where it is none */
    static HistoryFormat of(@Nullable String name) {
        if (name == null || name.equals("json")) {
            return JSON;
        }
        if (name.equals("csv")) {
            return CSV;
        }
        throw new ProblemException(400, "format must be json or csv.");
    }

    private static void row(StringBuilder csv, RollupItem item) {
        text(csv, item.device());
        text(csv, item.group());
        text(csv, item.metric());
        text(csv, item.unit());
        csv.append(item.window()).append(',').append(item.start()).append(',').append(item.count());
        figure(csv, item.min());
        figure(csv, item.max());
        figure(csv, item.mean());
        figure(csv, item.stddev());
        if (item.lastText() == null) {
            figure(csv, item.last());
        } else {
            csv.append(',').append(quoted(item.lastText()));
        }
        figure(csv, item.p50());
        figure(csv, item.p95());
        figure(csv, item.p99());
        csv.append("\r\n");
    }

    private static void text(StringBuilder csv, @Nullable String text) {
        csv.append(text == null ? "" : quoted(text)).append(',');
    }

    /**
     * A device chooses its texts and units, and spreadsheets run what begins like a formula: such a text gets an
     * apostrophe in front, which they take as the sign of text.
     */
    private static String quoted(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    private static void figure(StringBuilder csv, double figure) {
        csv.append(',');
        if (Double.isFinite(figure)) {
            csv.append(figure);
        }
    }
}
