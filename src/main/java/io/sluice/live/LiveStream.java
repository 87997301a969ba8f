package io.sluice.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.access.LoginWatch;
import io.sluice.platform.BrokerConnection;
import io.sluice.presence.PresenceRecord.Late;
import io.sluice.presence.PresenceRecord.Repeats;
import io.sluice.registry.Directory;
import io.sluice.rollup.Window;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The live room of an instance: its boards and their followers, the pulse, and the sessions. Runs where the process has
 * the role {@code live}; elsewhere every request is answered 404.
 */
@ApplicationScoped
public class LiveStream {
    private static final int HEARTBEAT_HZ = 1;
    private static final long POLL_MS = 20;
    private static final long EXPIRY_MS = 10_000;
    private static final int RECONNECT_FROM_MS = 500;
    private static final int RECONNECT_TO_MS = 5_000;

    private final LiveConfig config;
    private final boolean enabled;
    private final LongSupplier clock = System::currentTimeMillis;
    private final LagMeter lag = new LagMeter();
    private final Desk desk;
    private final List<Follower> followers = new ArrayList<>();
    private final PresenceIntake presence;
    private final RefusedContents refused;
    private final LoginWatch logins;
    private final Directory directory;
    private final Departed departed = new Departed();
    private final ClientSettings kafka;
    private final KafkaRereader rereader;
    /** With the watch over each one's operator. */
    private final Map<Session, LoginWatch.Watched> sessions = new ConcurrentHashMap<>();

    private long nextExpiry;
    private boolean strangersSought;
    private volatile boolean stopping;

    LiveStream(
            LiveConfig config,
            BrokerConnection broker,
            LoginWatch logins,
            Directory directory,
            MeterRegistry meters,
            @ConfigProperty(name = "sluice.roles", defaultValue = "ingest,rollup,live") Set<String> roles) {
        this.config = config;
        this.logins = logins;
        this.directory = directory;
        enabled = roles.contains("live");
        kafka = new ClientSettings(broker.settings());
        rereader = new KafkaRereader(config, kafka, departed);
        Map<Channel, Board> boards = new EnumMap<>(Channel.class);
        Map<Channel, Rereader> rereaders = new EnumMap<>(Channel.class);
        for (Channel channel : Channel.values()) {
            boards.put(channel, new Board(channel, BoardLimits.of(channel, config)));
            rereaders.put(channel, rereader.of(channel));
        }
        Pages pages = new Pages(config.frameItems(), config.frameBytes());
        Pulse pulse = new Pulse(clock, pages::clear);
        ClientFrameParser parser = new ClientFrameParser(config.maxFrameBytes(), config.maxNames(), config.windows());
        desk = new Desk(
                config,
                Map.copyOf(boards),
                Map.copyOf(rereaders),
                pulse,
                pages,
                parser,
                enabled ? DeliveryMeter.in(meters) : DeliveryMeter.NONE,
                clock);
        refused = new RefusedContents(config.maxRejects());
        LastSeen lastSeen = new LastSeen(config.maxDevices());
        presence = new PresenceIntake(
                desk.board(Channel.DEVICES),
                lastSeen,
                clock,
                config.maxDevices(),
                new ConnectionHistory(config.maxHistories()));
        follow(
                Channel.ROLLUPS,
                StartPoint.last(config.retention()),
                new RollupIntake(desk.board(Channel.ROLLUPS), lag, lastSeen, clock, shortest(config.windows())),
                WithoutDeparted.Owner.ROLLUP);
        follow(Channel.DEVICES, StartPoint.beginning(), presence, WithoutDeparted.Owner.KEY);
        follow(
                Channel.REJECTS,
                StartPoint.newest(config.maxRejects()),
                new RejectIntake(desk.board(Channel.REJECTS), refused),
                WithoutDeparted.Owner.KEY);
    }

    private static String shortest(List<String> windows) {
        return Collections.min(
                windows, Comparator.comparingLong(name -> Window.parse(name).length()));
    }

    private void follow(Channel channel, StartPoint startPoint, Intake intake, WithoutDeparted.Owner owner) {
        Intake known = new WithoutDeparted(intake, owner, departed);
        followers.add(new Follower(channel.topic(), kafka, startPoint, desk.board(channel), known));
    }

    void start(@Observes StartupEvent event) {
        if (enabled) {
            followers.forEach(Follower::start);
            desk.pulse().execute(() -> desk.pulse().add(this::heartbeat, HEARTBEAT_HZ));
            desk.pulse().start();
        }
    }

    /**
     * Browsers learn when to come back. {@code ShutdownEvent} alone would be too late: the HTTP server, and every
     * socket with it, is closed before that; this event comes first with {@code quarkus.shutdown.delay-enabled}.
     */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        stopping = true;
        for (Session session : sessions.keySet()) {
            session.goaway(ThreadLocalRandom.current().nextInt(RECONNECT_FROM_MS, RECONNECT_TO_MS));
        }
        long end = System.nanoTime() + config.closeTimeout().toNanos();
        try {
            while (!sessions.isEmpty() && System.nanoTime() < end) {
                Thread.sleep(POLL_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        if (enabled) {
            followers.forEach(Follower::stop);
            rereader.stop();
            desk.pulse().stop(config.closeTimeout().toMillis());
            long end = System.nanoTime() + config.closeTimeout().toNanos();
            followers.forEach(follower -> follower.join((end - System.nanoTime()) / 1_000_000));
        }
    }

    private void heartbeat(long now) {
        presence.tick();
        forgetDeparted(now);
        for (Session session : sessions.keySet()) {
            session.heartbeat(now);
        }
        if (now >= nextExpiry) {
            nextExpiry = now + EXPIRY_MS;
            for (Channel channel : Channel.values()) {
                desk.board(channel).expire(now);
            }
        }
    }

    private void forgetDeparted(long now) {
        if (!strangersSought
                && directory.isLoaded()
                && desk.boards().values().stream().allMatch(Board::isCaughtUp)) {
            // The topics still tell of those that were deleted before this start.
            strangersSought = true;
            for (Board board : desk.boards().values()) {
                for (String device : board.devices()) {
                    if (directory.find(device) == null) {
                        departed.left(device, now);
                    }
                }
            }
        }
        for (String device : departed.takeLeave(now)) {
            presence.forget(device);
            desk.boards().values().forEach(board -> board.removeDevice(device));
        }
    }

    /** A device was deleted. */
    void left(String device) {
        departed.left(device, clock.getAsLong());
    }

    /** A device of that name exists now. */
    void returned(String device) {
        departed.returned(device);
    }

    /**
     * Opens a session, which ends with its operator's right to see it; the caller tells it what its client says and
     * when that has gone.
     */
    Session open(Sink sink, SecurityIdentity operator) {
        Session session = new Session(UUID.randomUUID().toString(), sink, desk);
        LoginWatch.Watched watched = logins.watch(
                operator,
                end -> session.close(end == LoginWatch.End.ROLE ? CloseCode.ROLE_LOST : CloseCode.SESSION_ENDED));
        sessions.put(session, watched);
        return session;
    }

    void welcome(Session session, Collection<String> roles) {
        session.welcome(roles, lagMs());
    }

    void closed(Session session) {
        session.ended();
        LoginWatch.Watched watched = sessions.remove(session);
        if (watched != null) {
            watched.stop();
        }
    }

    KafkaRereader rereader() {
        return rereader;
    }

    List<Follower> followers() {
        return List.copyOf(followers);
    }

    Desk desk() {
        return desk;
    }

    /** Whether this process serves browsers. */
    boolean isEnabled() {
        return enabled;
    }

    RefusedContents refused() {
        return refused;
    }

    boolean isStopping() {
        return stopping;
    }

    boolean isFull() {
        return sessions.size() >= config.maxConnections();
    }

    int sessions() {
        return sessions.size();
    }

    /** From a reading's arrival at the service to its rollup's arrival here, p95 of the last 10 s, in ms. */
    public long lagMs() {
        return lag.p95(clock.getAsLong());
    }

    /** Whether a device is connected now, on any instance, as far as this one knows; never waits. */
    public boolean isConnected(String device) {
        return presence.isConnected(device);
    }

    /** The newest connections of a device, the newest first; null while they are not known. */
    @Nullable
    List<ConnectionHistory.Past> connectionsOf(String device) {
        return presence.connectionsOf(device);
    }

    /** Messages of a device that repeated a counted number; null while this instance does not know. */
    @Nullable
    Repeats repeatsOf(String device) {
        return presence.repeatsOf(device);
    }

    /** Null while it is not known. */
    @Nullable
    Late lateOf(String device) {
        return presence.lateOf(device);
    }
}
