package io.sluice.senml;

import io.sluice.telemetry.Readings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes records in resolved form (RFC 8428 section 4.6; device protocol section 4) as a SenML JSON pack: {@code n} is the
 * metric, {@code t} absolute, no base fields, in chronological order, as the RFC wants it; records of one time keep the
 * order of the message. {@link JsonPackDecoder} reads the same values from it.
 *
 * <p>Not thread-safe; its buffer is kept from pack to pack.
 */
public final class ResolvedPackWriter {
    private final JsonBuffer buffer = new JsonBuffer();
    private final TimeOrder order = new TimeOrder();
    /** Where in the buffer the newest time stands: those of one moment follow each other, so most are copies. */
    private int timeAt;

    private int timeLength;
    private double time;

    /** The records that are not refused. */
    public byte[] accepted(Readings readings) {
        order.clear();
        for (int i = 0; i < readings.size(); i++) {
            if (!readings.isRefused(i)) {
                order.add(i);
            }
        }
        return pack(readings);
    }

    /** The records of these indexes, as of one {@link io.sluice.telemetry.Rejection}. */
    public byte[] chosen(Readings readings, List<Integer> records) {
        order.clear();
        for (int i = 0; i < records.size(); i++) {
            order.add(records.get(i));
        }
        return pack(readings);
    }

    private byte[] pack(Readings readings) {
        order.sort(readings);
        buffer.clear();
        time = Double.NaN;
        buffer.octet('[');
        for (int i = 0; i < order.size(); i++) {
            if (i > 0) {
                buffer.octet(',');
            }
            record(readings, order.get(i));
        }
        buffer.octet(']');
        return buffer.toBytes();
    }

    private void record(Readings readings, int i) {
        buffer.ascii("{\"n\":");
        buffer.string(readings.name(i));
        String unit = readings.unit(i);
        if (unit != null) {
            buffer.ascii(",\"u\":");
            buffer.string(unit);
        }
        time(readings.time(i));
        value(readings, i);
        if (!Double.isNaN(readings.sum(i))) {
            number(",\"s\":", readings.sum(i));
        }
        if (!Double.isNaN(readings.updateTime(i))) {
            number(",\"ut\":", readings.updateTime(i));
        }
        buffer.octet('}');
    }

    private void time(double seconds) {
        if (seconds == time) {
            buffer.repeat(timeAt, timeLength);
            return;
        }
        int from = buffer.length();
        number(",\"t\":", seconds);
        time = seconds;
        timeAt = from;
        timeLength = buffer.length() - from;
    }

    private void value(Readings readings, int i) {
        switch (readings.type(i)) {
            case NUMBER -> number(",\"v\":", readings.number(i));
            case BOOLEAN -> buffer.ascii(readings.number(i) == 0 ? ",\"vb\":false" : ",\"vb\":true");
            case STRING -> text(",\"vs\":", readings.text(i));
            case DATA -> text(",\"vd\":", readings.text(i));
            case SUM_ONLY -> {
                // its sum follows
            }
        }
    }

    private void number(String label, double number) {
        buffer.ascii(label);
        NumberText.write(number, buffer);
    }

    private void text(String label, @Nullable String text) {
        buffer.ascii(label);
        buffer.string(text == null ? "" : text);
    }
}
