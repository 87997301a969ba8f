package io.sluice.sim.pack;

import java.util.List;

/** RFC 8428 section 6: integer labels, definite lengths, the shortest form that loses nothing. */
final class CborPackWriter implements PackWriter {
    private static final int BASE_NAME = -2;
    private static final int BASE_TIME = -3;
    private static final int NAME = 0;
    private static final int UNIT = 1;
    private static final int NUMBER = 2;
    private static final int STRING = 3;
    private static final int BOOLEAN = 4;
    private static final int TIME = 6;

    @Override
    public byte[] write(String device, List<Reading> readings) {
        if (readings.isEmpty()) {
            throw new IllegalArgumentException("no readings");
        }
        CborOutput out = new CborOutput(32 + 32 * readings.size());
        long base = readings.get(0).timeMs();
        out.array(readings.size());
        for (int i = 0; i < readings.size(); i++) {
            Reading reading = readings.get(i);
            long offset = reading.timeMs() - base;
            out.map(2 + (i == 0 ? 2 : 0) + (reading.unit() == null ? 0 : 1) + (offset == 0 ? 0 : 1));
            if (i == 0) {
                out.integer(BASE_NAME).text(device + ":");
                out.integer(BASE_TIME).number(base / 1000.0);
            }
            out.integer(NAME).text(reading.metric());
            if (reading.unit() != null) {
                out.integer(UNIT).text(reading.unit());
            }
            write(out, reading.value());
            if (offset != 0) {
                out.integer(TIME).number(offset / 1000.0);
            }
        }
        return out.toByteArray();
    }

    private static void write(CborOutput out, Value value) {
        if (value instanceof Value.Quantity quantity) {
            out.integer(NUMBER).number(quantity.number());
        } else if (value instanceof Value.Text text) {
            out.integer(STRING).text(text.text());
        } else if (value instanceof Value.Flag flag) {
            out.integer(BOOLEAN).bool(flag.on());
        }
    }
}
