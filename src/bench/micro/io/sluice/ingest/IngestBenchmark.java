package io.sluice.ingest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.bench.SamplePack;
import io.sluice.kafka.ProducedRecord;
import io.sluice.protocol.Encoding;
import io.sluice.protocol.Limits;
import io.sluice.registry.Admission;
import io.sluice.registry.DirectoryEntry;
import io.sluice.senml.CborPackDecoder;
import io.sluice.senml.DecoderLimits;
import io.sluice.senml.JsonPackDecoder;
import io.sluice.senml.PackDecoder;
import io.sluice.telemetry.BoundedMetrics;
import io.sluice.telemetry.Profile;
import io.sluice.telemetry.Readings;
import io.sluice.telemetry.Rules;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A reading's way through the room, of messages with ten of them: each part alone, and the whole of it up to the record that
 * Kafka's producer gets. What {@link #message} allocates beyond {@link #record} is ours to save.
 */
@State(Scope.Thread)
public class IngestBenchmark {
    private static final String DEVICE = "pump-7";

    @Param({"json", "cbor"})
    public String encoding;

    private final Rules rules = new Rules(300, 604_800);
    private final Profile profile = SamplePack.profile();
    private final Readings decoded = new Readings();
    private final Readings judged = new Readings();
    private final BoundedMetrics metrics = new BoundedMetrics(BoundedMetrics.DEFAULT_MAX);
    private final PackJudge judge = new PackJudge(DecoderLimits.DEFAULT, rules);
    private final RecordingLog log = new RecordingLog();
    private final SilentSocket socket = new SilentSocket();
    private long nowMs;
    private byte[] message;
    private Encoding as;
    private PackDecoder decoder;
    private Session session;
    private LogEntry entry;

    @Setup
    public void prepare() {
        nowMs = System.currentTimeMillis();
        boolean isJson = encoding.equals("json");
        as = isJson ? Encoding.JSON : Encoding.CBOR;
        message = isJson ? SamplePack.json(nowMs) : SamplePack.cbor(nowMs);
        decoder = isJson ? new JsonPackDecoder(DecoderLimits.DEFAULT) : new CborPackDecoder(DecoderLimits.DEFAULT);
        decoder.decode(message, 0, message.length, nowMs / 1e3, judged);
        session = session();
        message();
        if (log.last() == null) {
            throw new IllegalStateException("the message was not accepted");
        }
        entry = new LogEntry(
                new Origin(DEVICE, "bench", "epoch-1", false, "session-1"),
                1,
                nowMs,
                log.last().value(),
                null);
    }

    private Session session() {
        DirectoryEntry device = new DirectoryEntry(DEVICE, "bench", profile, true);
        DeviceLink link = new DeviceLink(
                new OneDevice(device),
                new Admission.Admitted(device, Admission.NO_TOKEN),
                new DeviceMemory(BoundedMetrics.DEFAULT_MAX),
                1,
                "session-1",
                "epoch-1",
                false,
                1);
        return new Session(
                link,
                as,
                new SessionLimits(new Limits(256, 65_536, 1_000, 25), 1 << 20, 5_000, 30_000, 20),
                judge,
                log,
                log,
                socket,
                socket,
                new IngestMetrics(new SimpleMeterRegistry(), new Connections(), log));
    }

    @Benchmark
    @OperationsPerInvocation(SamplePack.READINGS)
    public Object decode() {
        return decoder.decode(message, 0, message.length, nowMs / 1e3, decoded);
    }

    @Benchmark
    @OperationsPerInvocation(SamplePack.READINGS)
    public Object rules() {
        return rules.judge(judged, profile, metrics, nowMs / 1e3);
    }

    /** Decoder, names, rules, resolved form. */
    @Benchmark
    @OperationsPerInvocation(SamplePack.READINGS)
    public Object judge() {
        return judge.judge(DEVICE, profile, metrics, message, as, nowMs);
    }

    /** The same, numbering, the record, its receipt, the acknowledgement: all but Netty and Kafka's producer. */
    @Benchmark
    @OperationsPerInvocation(SamplePack.READINGS)
    public long message() {
        session.message(message, as == Encoding.JSON);
        log.acknowledge();
        return socket.octets();
    }

    /** The record alone: its value, key, headers. */
    @Benchmark
    @OperationsPerInvocation(SamplePack.READINGS)
    public Object record() {
        return ProducedRecord.of(
                new LogEntry(entry.origin(), 1, nowMs, entry.value().clone(), null));
    }
}
