package io.sluice.ingest;

import io.netty.channel.EventLoop;
import io.sluice.registry.Admission;
import io.sluice.registry.Directory;
import io.sluice.senml.DecoderLimits;
import io.sluice.telemetry.Rules;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What every device connection of this process shares. Thread-safe. */
@Singleton
class IngestServices {
    private final IngestConfig config;
    private final Directory directory;
    private final MessageLog log;
    private final Announcements announcements;
    private final Connections connections;
    private final IngestMetrics metrics;
    private final SessionLimits limits;
    private final Rules rules;
    private final String instance;
    private final AtomicLong sessions = new AtomicLong();
    private final ConcurrentMap<EventLoop, IngestLoop> loops = new ConcurrentHashMap<>();
    private final DeviceMemories memories;
    private final boolean enabled;
    private volatile boolean draining;

    IngestServices(
            IngestConfig config,
            Directory directory,
            MessageLog log,
            Announcements announcements,
            Connections connections,
            IngestMetrics metrics,
            DeviceMemories memories,
            @ConfigProperty(name = "sluice.roles", defaultValue = "ingest,rollup,live") Set<String> roles) {
        this.config = config;
        this.directory = directory;
        this.log = log;
        this.announcements = announcements;
        this.connections = connections;
        this.metrics = metrics;
        this.memories = memories;
        this.enabled = roles.contains("ingest");
        this.limits = SessionLimits.of(config);
        this.rules = new Rules(
                config.futureTolerance().toMillis() / 1e3,
                config.pastTolerance().toMillis() / 1e3);
        // Also behind a given name: the lease of a new process must not revive what a dead one of that name had
        // announced.
        String start = UUID.randomUUID().toString().substring(0, 8);
        this.instance = config.instance().map(name -> name + '.' + start).orElse(start);
        log.onRelief(this::relieve);
    }

    IngestConfig config() {
        return config;
    }

    Directory directory() {
        return directory;
    }

    MessageLog log() {
        return log;
    }

    Announcements announcements() {
        return announcements;
    }

    Connections connections() {
        return connections;
    }

    IngestMetrics metrics() {
        return metrics;
    }

    /** This process, among the instances. */
    String instance() {
        return instance;
    }

    /** Whether this process takes devices at all. */
    boolean isEnabled() {
        return enabled;
    }

    boolean isDraining() {
        return draining;
    }

    void beginDraining() {
        draining = true;
    }

    /** Spread, so that a fleet does not come back at once. */
    long reconnectAfterMs() {
        return 1_000
                + ThreadLocalRandom.current().nextLong(config.reconnectSpread().toMillis() + 1);
    }

    IngestLoop loop(EventLoop loop) {
        return loops.computeIfAbsent(
                loop,
                key -> new IngestLoop(key, judge(), log, config.ackInterval().toMillis()));
    }

    private PackJudge judge() {
        return new PackJudge(new DecoderLimits(config.maxRecords(), config.maxResolvedBytes()), rules);
    }

    DeviceMemory memory(String device) {
        return memories.of(device);
    }

    /** Who a handshake found, as one side of a new session. */
    DeviceLink link(Admission.Admitted admitted, Handshake.Numbers numbers) {
        long ordinal = sessions.incrementAndGet();
        String session = instance + "-" + Long.toString(ordinal, 36);
        String given = numbers.epoch();
        String epoch = given == null ? "s." + UUID.randomUUID().toString().replace("-", "") : given;
        return new DeviceLink(
                directory,
                admitted,
                memory(admitted.entry().device()),
                ordinal,
                session,
                epoch,
                given == null,
                numbers.next());
    }

    SessionLimits limits() {
        return limits;
    }

    Collection<DeviceConnection> all() {
        return connections.all();
    }

    private void relieve() {
        loops.values().forEach(loop -> loop.execute(loop::relieve));
    }
}
