package io.sluice.live;

import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.sluice.platform.GuardedWebSocket;
import io.sluice.platform.WireListener;
import io.sluice.platform.WireViolation;
import io.smallrye.common.annotation.NonBlocking;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * {@code /live} (operator protocol section 1): translates between the socket and its {@link Session}. Messages come one at a
 * time from the guard.
 */
@WebSocket(path = "/live", endpointId = LiveSocket.ID)
class LiveSocket {
    static final String ID = "live";
    private static final TypedKey<Session> SESSION = new TypedKey<>("sluice.live.session");

    private final LiveStream live;

    LiveSocket(LiveStream live) {
        this.live = live;
    }

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection connection) {
        LiveHandshake.Opening opening = opening(connection);
        Session session = live.open(
                new SocketSink(opening.channel(), opening.socket()),
                opening.admitted().identity());
        connection.userData().put(SESSION, session);
        live.welcome(session, opening.admitted().roles());
        opening.socket().open(new Wire(session, opening.socket()));
    }

    @OnClose
    @NonBlocking
    void close(WebSocketConnection connection) {
        Session session = session(connection);
        if (session != null) {
            live.closed(session);
        }
    }

    /** Resets and broken frames are a peer's business: the socket closes, and nothing is worth a stack trace. */
    @OnError
    @NonBlocking
    void error(Throwable failure, WebSocketConnection connection) {
        Session session = session(connection);
        LiveLog.LOG.socketError(session == null ? "-" : session.id(), String.valueOf(failure.getMessage()));
        if (session == null) {
            // Nobody would ever look after it.
            opening(connection).socket().abort();
        }
    }

    private static LiveHandshake.Opening opening(WebSocketConnection connection) {
        return connection.userData().get(LiveHandshake.OPENING);
    }

    private static @Nullable Session session(WebSocketConnection connection) {
        return connection.userData().get(SESSION);
    }

    /** What the guard says. */
    private record Wire(Session session, GuardedWebSocket socket) implements WireListener {
        @Override
        public void message(byte[] octets, boolean text) {
            if (text) {
                session.received(new String(octets, StandardCharsets.UTF_8));
            } else {
                session.receivedBinary();
            }
            socket.delivered();
        }

        @Override
        public void failed(Throwable fault) {
            LiveLog.LOG.socketError(session.id(), fault.toString());
            socket.delivered();
        }

        @Override
        public void ponged() {
            session.heard();
        }

        @Override
        public void violated(WireViolation violation) {
            session.close(
                    switch (violation.closeCode()) {
                        case WireViolation.BAD_UTF8 -> CloseCode.BAD_UTF8;
                        case WireViolation.TOO_BIG -> CloseCode.TOO_BIG;
                        case WireViolation.POLICY -> CloseCode.POLICY;
                        default -> CloseCode.PROTOCOL_ERROR;
                    });
        }
    }
}
