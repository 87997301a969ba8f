package io.sluice.ingest;

import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * Devices. Messages are dealt with on the event loop and within the callback, so CONCURRENT keeps their order; SERIAL would
 * put an unbounded queue before it. There is never more than one message underway: {@code GuardedWebSocket} hands on the
 * next when this one is done.
 */
@WebSocket(
        path = IngestRoute.PATH,
        endpointId = IngestEndpoint.ID,
        inboundProcessingMode = InboundProcessingMode.CONCURRENT)
class IngestEndpoint {
    static final String ID = "ingest";

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection connection) {
        of(connection).opened();
    }

    @OnTextMessage
    @NonBlocking
    void text(String message, WebSocketConnection connection) {
        of(connection).message(message.getBytes(StandardCharsets.UTF_8), true);
    }

    @OnBinaryMessage
    @NonBlocking
    void binary(Buffer message, WebSocketConnection connection) {
        of(connection).message(message.getBytes(), false);
    }

    @OnClose
    @NonBlocking
    void close(WebSocketConnection connection) {
        of(connection).closed();
    }

    /** A peer that has gone is no error; anything else here is ours, and costs this connection alone. */
    @OnError
    @NonBlocking
    void error(Throwable failure, WebSocketConnection connection) {
        of(connection).failed(failure);
    }

    private static DeviceConnection of(WebSocketConnection connection) {
        return connection.userData().get(IngestUpgrade.CONNECTION);
    }
}
