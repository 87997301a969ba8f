package io.sluice.rollup;

import io.sluice.presence.PresenceCodec;
import io.sluice.presence.PresenceRecord;
import io.sluice.senml.Outcome;
import io.sluice.senml.PackDecoder;
import io.sluice.telemetry.Identifier;
import io.sluice.telemetry.Readings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * From records of {@code readings} to records of {@code rollups} and {@code rollups.history}, and to counts of repeated
 * messages on {@code presence}: one per task.
 *
 * <p>Interim values go out with each commit, so the commit interval is what a reader waits at most. Final values go out
 * when the log closes a window, at once; or by the wall clock, looked at every {@link #TICK}, and then only as of the
 * moment up to which the task has read its partition to the end ({@link InputEnd}).
 *
 * <p>Streams may initialise the same object again (a task that was corrupted, or suspended and resumed): {@link #init}
 * starts from the store.
 */
final class ReadingsProcessor implements Processor<byte[], byte[], Object, Object>, RepeatsListener {
    static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);

    private final RollupPlan plan;
    private final int maxDevices;
    private final PackDecoder decoder;
    private final InputEnd inputEnd;
    private final RollupCounters counters;
    private final Readings readings = new Readings();
    private ProcessorContext<Object, Object> context;
    private LiveDevices devices;
    private boolean closed;

    @SuppressWarnings("NullAway.Init") // init comes before everything else
    ReadingsProcessor(
            RollupPlan plan, int maxDevices, PackDecoder decoder, InputEnd inputEnd, RollupCounters counters) {
        this.plan = plan;
        this.maxDevices = maxDevices;
        this.decoder = decoder;
        this.inputEnd = inputEnd;
        this.counters = counters;
    }

    @Override
    public void init(ProcessorContext<Object, Object> processorContext) {
        context = processorContext;
        closed = false;
        CommitAwareStore store = context.getStateStore(RollupTopology.STORE);
        devices = new LiveDevices(store.entries(), plan, counters, this, maxDevices);
        store.beforeCommit(context, () -> devices.save(closed ? null : this::announce, context.currentSystemTimeMs()));
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> settle());
        context.schedule(HOUSEKEEPING, PunctuationType.WALL_CLOCK_TIME, now -> forgetSilent());
    }

    @Override
    public void process(Record<byte[], byte[]> message) {
        context.recordMetadata().ifPresent(record -> devices.moveTo(record.offset() + 1));
        String id = message.key() == null ? "" : new String(message.key(), StandardCharsets.ISO_8859_1);
        Numbering numbering = Numbering.of(message.headers());
        if (numbering == null || message.value() == null || !Identifier.isValid(id)) {
            counters.undecodable.increment();
            return;
        }
        DeviceState device = devices.of(id);
        long arrival = message.timestamp();
        boolean isNew =
                device.arrive(arrival, numbering.epoch(), numbering.number(), numbering.serverMade(), this::announce);
        if (!isNew) {
            return;
        }
        if (decodes(message.value(), arrival)) {
            device.take(readings, arrival, numbering.number(), this::announce);
        } else {
            counters.undecodable.increment();
        }
    }

    /** A value that no decoder of ours can read must not stop the partition, whatever is wrong with it. */
    private boolean decodes(byte[] value, long arrival) {
        try {
            return decoder.decode(value, 0, value.length, arrival / 1e3, readings) == Outcome.DECODED;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void settle() {
        InputEnd.Mark mark = reachedEnd();
        if (mark != null) {
            devices.settle(mark.askedAt(), this::announce);
        }
    }

    private void forgetSilent() {
        InputEnd.Mark mark = reachedEnd();
        if (mark != null) {
            devices.forgetSilent(mark.askedAt());
        }
    }

    private InputEnd.@Nullable Mark reachedEnd() {
        InputEnd.Mark mark = inputEnd.of(context.taskId().partition());
        return mark != null && mark.isReachedBy(devices.position()) ? mark : null;
    }

    private void announce(DeviceState device, OpenWindow window, boolean isFinal) {
        byte[] arrived = Long.toString(window.arrived).getBytes(StandardCharsets.ISO_8859_1);
        Record<Object, Object> rollup = new Record<>(
                window.key(device.id),
                window.item(device.id, isFinal),
                context.currentSystemTimeMs(),
                new RecordHeaders().add(RollupTopology.ARRIVED, arrived));
        context.forward(rollup, RollupTopology.ROLLUPS_SINK);
        if (isFinal && plan.history().contains(window.window)) {
            context.forward(forHistory(rollup, window.aggregate), RollupTopology.HISTORY_SINK);
        }
    }

    private static Record<Object, Object> forHistory(Record<Object, Object> rollup, Aggregate aggregate) {
        Sketch sketch = aggregate.sketch();
        return sketch == null
                ? rollup
                : rollup.withHeaders(new RecordHeaders(rollup.headers()).add(Sketch.HEADER, sketch.toBytes()));
    }

    @Override
    public void counted(DeviceState device) {
        PresenceRecord.Repeats repeats = new PresenceRecord.Repeats(
                device.id, device.duplicates, device.duplicatesFromOne, device.lastDuplicate);
        tell(repeats.key(), PresenceCodec.encode(repeats));
    }

    @Override
    public void forgotten(String device) {
        tell(PresenceRecord.Repeats.keyOf(device), null);
    }

    private void tell(String key, byte @Nullable [] value) {
        context.forward(
                new Record<>(key.getBytes(StandardCharsets.UTF_8), value, context.currentSystemTimeMs()),
                RollupTopology.PRESENCE_SINK);
    }

    /** What is not saved stays: a suspended task may still be asked to commit, but can forward no more. */
    @Override
    public void close() {
        closed = true;
    }
}
