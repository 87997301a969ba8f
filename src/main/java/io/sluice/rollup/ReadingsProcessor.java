package io.sluice.rollup;

import io.sluice.presence.PresenceCodec;
import io.sluice.presence.PresenceRecord;
import io.sluice.senml.Outcome;
import io.sluice.senml.PackDecoder;
import io.sluice.telemetry.Identifier;
import io.sluice.telemetry.Readings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * From records of {@code readings} to records of {@code rollups} and {@code rollups.history}, to what is added to groups,
 * and to counts of repeated messages and late readings on {@code presence}: one per task.
 *
 * <p>Interim values go out an interval after a change, and wait for no commit. Final values go out with the next commit
 * when the log closes a window; or by the wall clock, looked at every {@link #TICK}, and then only as of the
 * moment up to which the task has read its partition to the end ({@link InputEnd}).
 *
 * <p>Streams may initialise the same object again (a task that was corrupted, or suspended and resumed): {@link #init}
 * starts from the store.
 */
final class ReadingsProcessor implements Processor<byte[], byte[], Object, Object>, CountsListener {
    private static final String GROUP = "group";
    static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);

    private final RollupPlan plan;
    private final int maxDevices;
    private final PackDecoder decoder;
    private final InputEnd inputEnd;
    private final RollupCounters counters;
    private final Interims interims;
    private final Readings readings = new Readings();
    private ProcessorContext<Object, Object> context;
    private LiveDevices devices;
    private RollupOutput output;
    private GroupAdditions groups;
    private Showing showing;
    private boolean closed;

    @SuppressWarnings("NullAway.Init") // init comes before everything else
    ReadingsProcessor(
            RollupPlan plan,
            int maxDevices,
            PackDecoder decoder,
            InputEnd inputEnd,
            RollupCounters counters,
            Interims interims) {
        this.plan = plan;
        this.maxDevices = maxDevices;
        this.decoder = decoder;
        this.inputEnd = inputEnd;
        this.counters = counters;
        this.interims = interims;
    }

    @Override
    public void init(ProcessorContext<Object, Object> processorContext) {
        context = processorContext;
        closed = false;
        CommitAwareStore store = context.getStateStore(RollupTopology.STORE);
        devices = new LiveDevices(store.entries(), plan, counters, this, maxDevices);
        output = new RollupOutput(
                context,
                plan,
                RollupKey.Kind.DEVICE,
                RollupTopology.ROLLUPS_SINK,
                RollupTopology.HISTORY_SINK,
                interims);
        groups = new GroupAdditions();
        showing = new Showing(context, interims, now -> devices.show(output, now));
        showing.changed();
        store.beforeCommit(context, this::save);
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
        boolean isNew = device.arrive(arrival, numbering.epoch(), numbering.number(), numbering.serverMade(), output);
        if (!isNew) {
            return;
        }
        if (decodes(message.value(), arrival)) {
            Additions also = groups.to(group(message));
            device.take(readings, arrival, numbering.number(), also, output);
            showing.changed();
        } else {
            counters.undecodable.increment();
        }
    }

    /** At arrival; its readings belong to it for ever. */
    private static @Nullable String group(Record<byte[], byte[]> message) {
        String name = Numbering.text(message.headers(), GROUP);
        return name != null && Identifier.isValid(name) ? name : null;
    }

    /** A value that no decoder of ours can read must not stop the partition, whatever is wrong with it. */
    private boolean decodes(byte[] value, long arrival) {
        try {
            return decoder.decode(value, 0, value.length, arrival / 1e3, readings) == Outcome.DECODED;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void save() {
        if (closed && (output.hasFinals() || !groups.isEmpty())) {
            // Nothing can be forwarded any more, and a commit without these would be a loss; without it, all is read
            // again.
            throw new IllegalStateException("a closed task was to commit what it can not send");
        }
        showing.committing();
        devices.save(!closed, context.currentSystemTimeMs());
        output.sendFinals();
        groups.drain((key, addition) ->
                context.forward(new Record<>(key, addition, context.currentSystemTimeMs()), RollupTopology.ADDITIONS));
    }

    private void settle() {
        InputEnd.Mark mark = reachedEnd();
        if (mark != null) {
            devices.settle(mark.askedAt(), output);
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

    @Override
    public void counted(DeviceState device) {
        if (device.duplicates > 0) {
            tell(new PresenceRecord.Repeats(
                    device.id, device.duplicates, device.duplicatesFromOne, device.lastDuplicate));
        }
        if (device.late > 0) {
            tell(new PresenceRecord.Late(device.id, device.late, device.lastLate));
        }
    }

    @Override
    public void forgotten(String device) {
        tell(PresenceRecord.Repeats.keyOf(device), null);
        tell(PresenceRecord.Late.keyOf(device), null);
    }

    private void tell(PresenceRecord count) {
        tell(count.key(), PresenceCodec.encode(count));
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
