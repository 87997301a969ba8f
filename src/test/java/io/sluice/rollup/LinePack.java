package io.sluice.rollup;

import io.sluice.senml.Outcome;
import io.sluice.senml.PackDecoder;
import io.sluice.telemetry.Readings;
import io.sluice.telemetry.RejectCode;
import io.sluice.telemetry.ValueType;
import java.nio.charset.StandardCharsets;

/** A stand-in for the SenML decoder: lines of {@code metric unit type ms value}, so that a test can read its input. */
final class LinePack implements PackDecoder {
    @Override
    public Outcome decode(byte[] message, int offset, int length, double now, Readings into) {
        into.clear();
        for (String line : new String(message, offset, length, StandardCharsets.UTF_8).split("\n")) {
            String[] words = line.split(" ");
            if (words[0].equals("throw")) {
                throw new IllegalStateException("a decoder's fault");
            }
            if (words.length != 5) {
                return new Outcome.Refused(RejectCode.MALFORMED, "five words a line");
            }
            ValueType type = ValueType.valueOf(words[2]);
            boolean isText = type == ValueType.STRING;
            into.add(
                    words[0],
                    words[1].equals("-") ? null : words[1],
                    Long.parseLong(words[3]) / 1e3,
                    type,
                    isText ? Double.NaN : Double.parseDouble(words[4]),
                    isText ? words[4] : null,
                    Double.NaN,
                    Double.NaN);
        }
        return Outcome.DECODED;
    }
}
