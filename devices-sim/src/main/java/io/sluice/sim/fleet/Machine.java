package io.sluice.sim.fleet;

import io.sluice.sim.firmware.Message;
import io.sluice.sim.pack.Encoding;
import io.sluice.sim.pack.PackWriter;
import io.sluice.sim.pack.Reading;
import io.sluice.sim.signal.Fault;
import io.sluice.sim.signal.Kind;
import io.sluice.sim.signal.Metric;
import io.sluice.sim.signal.Personality;
import io.sluice.sim.signal.Signal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A simulated machine as a source without an end. It reads its metrics in turn, evenly spaced, and sends them in
 * batches; a batch is due with its last reading. While the buffer is full, or the
 * simulator has no time for it, it reads nothing: those readings are never made, and are counted.
 */
public final class Machine implements Source {
    /** One message of so many is spoilt by a troubled device that may. */
    private static final int FAULT_EVERY = 40;

    /** One spoilt message of so many is no SenML at all. */
    private static final int RUBBISH_EVERY = 6;

    private static final byte[] RUBBISH = "[{\"n\":\"temperature\",\"v\":".getBytes(StandardCharsets.UTF_8);
    private static final double MS = 1_000;

    private final String id;
    private final List<Metric> metrics;
    private final List<Signal> signals = new ArrayList<>();
    private final PackWriter writer;
    private final Encoding encoding;
    private final int batch;
    private final double intervalMs;
    private final double phaseMs;
    private final boolean spoils;
    private final Random random;
    private long made;
    private long skipped;

    /**
     * @param readingsPerSecond of all metrics together
     * @param batch readings in a message
     * @param switchedOnMs when it is switched on, ms since the fleet's start
     * @param faults whether a troubled personality sends rubbish now and then
     */
    public Machine(
            String id,
            Kind kind,
            Personality personality,
            Encoding encoding,
            double readingsPerSecond,
            int batch,
            boolean faults,
            long switchedOnMs,
            long seed) {
        this.id = id;
        this.metrics = kind.metrics();
        this.encoding = encoding;
        this.writer = encoding.writer();
        this.batch = batch;
        this.intervalMs = MS / readingsPerSecond;
        this.spoils = faults && personality == Personality.TROUBLED;
        this.random = new Random(seed);
        // So that a fleet does not speak in chorus.
        this.phaseMs = switchedOnMs + random.nextDouble() * batch * intervalMs;
        metrics.forEach(metric -> signals.add(metric.model().apply(personality.unrest())));
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public long dueMs() {
        return (long) readingAt(made + batch - 1);
    }

    @Override
    public Message next(long nowMs, long wallMs) {
        long late = nowMs - dueMs();
        // Timers are never exact, so only what is late by more than a message and more than a second was missed.
        if (late > MS && late > batch * intervalMs) {
            long missed = (long) (late / (batch * intervalMs));
            skipped += missed;
            made += missed * batch;
        }
        List<Reading> readings = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++, made++) {
            double at = readingAt(made);
            int metric = (int) (made % metrics.size());
            long time = wallMs - Math.max(0, nowMs - (long) at);
            readings.add(new Reading(
                    metrics.get(metric).name(),
                    metrics.get(metric).unit(),
                    time,
                    signals.get(metric).at(at / MS, random)));
        }
        if (spoils && random.nextInt(FAULT_EVERY) == 0) {
            if (random.nextInt(RUBBISH_EVERY) == 0) {
                return new Message(RUBBISH, true, batch);
            }
            spoilOne(readings);
        }
        return new Message(writer.write(id, readings), encoding.isText(), readings.size());
    }

    @Override
    public long remaining() {
        return 0;
    }

    @Override
    public long skipped() {
        return skipped;
    }

    /** A number, because rules of range speak of numbers. */
    private void spoilOne(List<Reading> readings) {
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        for (int i = 0; i < readings.size(); i++) {
            if (readings.get(i).unit() != null) {
                readings.set(i, fault.spoil(readings.get(i)));
                return;
            }
        }
    }

    private double readingAt(long number) {
        return phaseMs + number * intervalMs;
    }
}
