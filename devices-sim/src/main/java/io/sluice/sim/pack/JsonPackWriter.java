package io.sluice.sim.pack;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;

/** RFC 8428 section 5. */
final class JsonPackWriter implements PackWriter {
    private static final JsonFactory JSON = new JsonFactory();

    /** Above it a double has no fraction, and its digits would be longer than its exponent form. */
    private static final double PLAIN_INTEGERS = 1e15;

    @Override
    public byte[] write(String device, List<Reading> readings) {
        if (readings.isEmpty()) {
            throw new IllegalArgumentException("no readings");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + 48 * readings.size());
        long base = readings.get(0).timeMs();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartArray();
            for (int i = 0; i < readings.size(); i++) {
                Reading reading = readings.get(i);
                out.writeStartObject();
                if (i == 0) {
                    out.writeStringField("bn", device + ":");
                    out.writeFieldName("bt");
                    out.writeNumber(seconds(base));
                }
                write(out, reading, reading.timeMs() - base);
                out.writeEndObject();
            }
            out.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator out, Reading reading, long offsetMs) throws IOException {
        out.writeStringField("n", reading.metric());
        if (reading.unit() != null) {
            out.writeStringField("u", reading.unit());
        }
        Value value = reading.value();
        if (value instanceof Value.Quantity quantity) {
            out.writeFieldName("v");
            writeNumber(out, quantity.number());
        } else if (value instanceof Value.Text text) {
            out.writeStringField("vs", text.text());
        } else if (value instanceof Value.Flag flag) {
            out.writeBooleanField("vb", flag.on());
        }
        if (offsetMs != 0) {
            out.writeFieldName("t");
            out.writeNumber(seconds(offsetMs));
        }
    }

    private static void writeNumber(JsonGenerator out, double number) throws IOException {
        if (number == Math.rint(number) && Math.abs(number) < PLAIN_INTEGERS) {
            out.writeNumber((long) number);
        } else {
            out.writeNumber(number);
        }
    }

    /** Decimal text, so that no binary fraction shows: 1763632800.123. */
    private static String seconds(long ms) {
        return ms % 1000 == 0
                ? Long.toString(ms / 1000)
                : BigDecimal.valueOf(ms, 3).stripTrailingZeros().toPlainString();
    }
}
