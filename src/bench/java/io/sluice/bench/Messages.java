package io.sluice.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Packs of readings, as WebSocket frames made once: the generator shares the machine with what it measures, so it does
 * not encode. The readings are of a machine with five sensors.
 */
final class Messages implements Frames {
    /** A sensor, as its profile knows it too. */
    record Metric(String name, String unit, double min, double max) {}

    static final List<Metric> METRICS = List.of(
            new Metric("temperature", "Cel", -40, 125),
            new Metric("humidity", "%RH", 0, 100),
            new Metric("pressure", "Pa", 80_000, 120_000),
            new Metric("voltage", "V", 0, 48),
            new Metric("current", "A", 0, 16));

    /** What the stopwatch counts its readings by. */
    static final Metric MARK = new Metric("mark", "1", 0, 1e12);

    static final List<Metric> PROFILE =
            Stream.concat(METRICS.stream(), Stream.of(MARK)).toList();

    private static final int VARIANTS = 256;
    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_BINARY = 0x82;
    private static final int MASKED = 0x80;
    private static final int LENGTH_16 = 126;

    private final ByteBuf[] frames = new ByteBuf[VARIANTS];

    Messages(Load load, long nowMs, Random random) {
        this(
                i -> pack(
                        load.readings, String.format(Locale.ROOT, "\"bt\":%.3f,", (nowMs + i * 40L) / 1e3), -1, random),
                load.isCbor,
                random);
    }

    private Messages(IntFunction<String> packs, boolean isCbor, Random random) {
        for (int i = 0; i < VARIANTS; i++) {
            String pack = packs.apply(i);
            frames[i] = Unpooled.unreleasableBuffer(
                    isCbor ? frame(FINAL_BINARY, CborPack.of(pack), random) : text(pack, random));
        }
    }

    /** Readings of now, whenever they are sent: what has no time is of its arrival, what came before it a little older. */
    static Messages ofNow(int readings, Random random) {
        return new Messages(i -> pack(readings, "", -0.025, random), false, random);
    }

    /** They repeat. */
    @Override
    public ByteBuf frame(long number, long dueNanos) {
        return frames[(int) (number % VARIANTS)].duplicate();
    }

    /** Made when it is sent, for what has to tell when that was. */
    static ByteBuf text(String pack, Random random) {
        return frame(FINAL_TEXT, pack.getBytes(StandardCharsets.UTF_8), random);
    }

    /** @param olderSeconds of the sensors' second readings, relative to the first */
    static String pack(int readings, String base, double olderSeconds, Random random) {
        StringBuilder pack = new StringBuilder("[");
        for (int i = 0; i < readings; i++) {
            Metric metric = METRICS.get((readings == 1 ? random.nextInt(METRICS.size()) : i) % METRICS.size());
            double value = metric.min() + random.nextDouble() * (metric.max() - metric.min());
            pack.append(i == 0 ? "{" : ",{");
            if (i == 0) {
                pack.append(base);
            } else if (i >= METRICS.size()) {
                pack.append("\"t\":").append(olderSeconds).append(',');
            }
            pack.append(String.format(
                    Locale.ROOT, "\"n\":\"%s\",\"u\":\"%s\",\"v\":%.2f}", metric.name(), metric.unit(), value));
        }
        return pack.append(']').toString();
    }

    private static ByteBuf frame(int first, byte[] payload, Random random) {
        ByteBuf frame = Unpooled.directBuffer(payload.length + 8);
        frame.writeByte(first);
        if (payload.length < LENGTH_16) {
            frame.writeByte(MASKED | payload.length);
        } else {
            frame.writeByte(MASKED | LENGTH_16).writeShort(payload.length);
        }
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        frame.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.writeByte(payload[i] ^ mask[i & 3]);
        }
        return frame;
    }
}
