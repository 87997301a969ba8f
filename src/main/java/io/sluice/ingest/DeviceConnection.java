package io.sluice.ingest;

import io.sluice.platform.GuardedWebSocket;
import io.sluice.platform.ReadGate;
import io.sluice.platform.WireListener;
import io.sluice.platform.WireViolation;
import io.sluice.presence.PresenceRecord;
import io.sluice.protocol.CloseCode;
import io.sluice.protocol.Encoding;
import io.sluice.registry.DirectoryEntry;
import io.vertx.core.http.HttpClosedException;

/** Ties a session to its socket. Its methods run on the event loop unless they say otherwise. */
final class DeviceConnection implements Outlet, WireListener {
    private static final int ABNORMAL = 1006;

    private final DeviceLink link;
    private final Place place;
    private final boolean text;
    private final GuardedWebSocket socket;
    private final IngestLoop loop;
    private final IngestServices services;
    private final Session session;
    private final Heartbeat heartbeat;
    private final long sinceMs;
    private volatile boolean announced;
    private boolean told;

    DeviceConnection(
            DeviceLink link,
            Place place,
            Encoding encoding,
            GuardedWebSocket socket,
            IngestLoop loop,
            IngestServices services) {
        this.link = link;
        this.place = place;
        this.text = encoding == Encoding.JSON;
        this.socket = socket;
        this.loop = loop;
        this.services = services;
        this.session = new Session(
                link,
                encoding,
                services.limits(),
                loop.judge(),
                services.log(),
                loop.lane(),
                this,
                loop,
                services.metrics());
        this.heartbeat =
                new Heartbeat(services.config().heartbeat(), services.config().silence(), loop.nanos());
        this.sinceMs = loop.millis();
    }

    /** Any thread. */
    String device() {
        return link.device();
    }

    /** Any thread. */
    String sessionId() {
        return link.session();
    }

    /** Its token and age from any thread, the rest on the event loop. */
    DeviceLink link() {
        return link;
    }

    /** Any thread. */
    Place place() {
        return place;
    }

    Session session() {
        return session;
    }

    void opened() {
        loop.add(this);
        place.occupied();
        boolean newest = services.connections().opened(this, this::announce);
        // After the announcement: whoever has seen the welcome comes before whatever is announced from then on.
        session.welcome();
        if (newest) {
            judgeAnew();
        } else {
            session.close(CloseCode.TAKEN_OVER, CloseCode.TAKEN_OVER.sentence());
        }
        // At last: what was sent with the handshake is delivered at once.
        socket.open(this);
    }

    /** What changed between the handshake and now, when nobody could find this connection. */
    private void judgeAnew() {
        if (services.isDraining()) {
            // Its handshake was judged before, and the drain may have looked around already.
            goAway();
            session.restart();
        }
        DirectoryEntry now = services.directory().find(device());
        if (now == null || !services.directory().isLive(device(), link.token())) {
            session.close(CloseCode.REVOKED, CloseCode.REVOKED.sentence());
        } else if (!now.enabled()) {
            session.close(CloseCode.DISABLED, CloseCode.DISABLED.sentence());
        }
    }

    private void announce() {
        told = true;
        services.announcements()
                .announce(new PresenceRecord.Connected(
                        device(), link.entry().group(), sessionId(), services.instance(), sinceMs));
    }

    void closed() {
        session.gone();
        loop.remove(this);
        services.connections().closed(this);
        services.directory().used(link.token());
        int code = socket.closeCode() < 0 ? ABNORMAL : socket.closeCode();
        services.metrics().closed(code);
        if (told) {
            services.announcements()
                    .announce(new PresenceRecord.Disconnected(
                            device(), link.entry().group(), sessionId(), services.instance(), loop.millis(), code));
        }
    }

    /** Something went wrong in a callback. */
    @Override
    public void failed(Throwable failure) {
        if (failure instanceof HttpClosedException || session.isDone()) {
            // The peer has gone, and the close callback follows or was there already.
            return;
        }
        IngestLog.LOG.connectionFailed(device(), failure.toString());
        session.close(CloseCode.INTERNAL, CloseCode.INTERNAL.sentence());
    }

    /** Any thread. */
    void close(CloseCode code) {
        loop.execute(() -> session.close(code, code.sentence()));
    }

    /** Any thread. */
    void drain() {
        loop.execute(this::goAway);
    }

    /** Any thread. */
    void restart() {
        loop.execute(session::restart);
    }

    private void goAway() {
        session.goAway("restart", services.reconnectAfterMs());
    }

    /** Whether the topic has shown this connection's own announcement; one follower thread. */
    boolean isAnnounced() {
        return announced;
    }

    void announcementSeen() {
        announced = true;
    }

    /** Any thread: says once more that it is there, unless it is about to go. */
    void remain() {
        loop.execute(() -> {
            if (!session.isDone()) {
                services.announcements()
                        .announce(new PresenceRecord.Remains(
                                device(), link.entry().group(), sessionId(), services.instance(), sinceMs));
            }
        });
    }

    void tick(long nowNanos) {
        socket.tick(nowNanos);
        if (loop.millis() >= link.endsAt()) {
            session.close(CloseCode.EXPIRED, CloseCode.EXPIRED.sentence());
        }
        switch (heartbeat.beat(nowNanos, socket.heardNanos(), socket.isReading(), socket.isWritable())) {
            case PING -> socket.ping();
            case SILENT -> session.close(CloseCode.SILENT, CloseCode.SILENT.sentence());
            case STUCK -> socket.abort();
            case NOTHING -> {
                // neither due
            }
        }
    }

    @Override
    public void message(byte[] octets, boolean isText) {
        session.message(octets, isText);
    }

    @Override
    public void violated(WireViolation violation) {
        session.poisoned(codeOf(violation), violation.detail());
    }

    private static CloseCode codeOf(WireViolation violation) {
        return switch (violation.closeCode()) {
            case WireViolation.BAD_UTF8 -> CloseCode.BAD_UTF8;
            case WireViolation.TOO_BIG -> CloseCode.TOO_BIG;
            case WireViolation.POLICY -> CloseCode.POLICY;
            default -> CloseCode.PROTOCOL_ERROR;
        };
    }

    @Override
    public void send(byte[] frame) {
        socket.send(frame, text);
    }

    @Override
    public void close(CloseCode code, String reason) {
        IngestLog.LOG.closing(device(), code.code(), reason);
        socket.close(code.code(), reason);
    }

    @Override
    public void pause(ReadGate.Reason reason) {
        socket.pause(reason);
    }

    @Override
    public void resume(ReadGate.Reason reason) {
        socket.resume(reason);
    }

    @Override
    public void taken() {
        socket.delivered();
    }

    @Override
    public boolean isHoldingSeveral() {
        return socket.isHoldingSeveral();
    }
}
