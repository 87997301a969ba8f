package io.sluice.live;

import io.netty.channel.Channel;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /live} (operator protocol section 1): translates between the socket and its {@link Session}. */
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
        Channel channel = connection.userData().get(LiveHandshake.CHANNEL);
        List<String> roles = connection.userData().get(LiveHandshake.ROLES);
        Session session = live.open(new SocketSink(connection, channel));
        connection.userData().put(SESSION, session);
        live.welcome(session, roles);
    }

    @OnTextMessage
    @NonBlocking
    void text(String text, WebSocketConnection connection) {
        Session session = session(connection);
        if (session != null) {
            session.received(text);
        }
    }

    @OnBinaryMessage
    @NonBlocking
    void binary(Buffer bytes, WebSocketConnection connection) {
        Session session = session(connection);
        if (session != null) {
            session.receivedBinary();
        }
    }

    @OnPongMessage
    @NonBlocking
    void pong(Buffer bytes, WebSocketConnection connection) {
        Session session = session(connection);
        if (session != null) {
            session.heard();
        }
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
    }

    private static @Nullable Session session(WebSocketConnection connection) {
        return connection.userData().get(SESSION);
    }
}
