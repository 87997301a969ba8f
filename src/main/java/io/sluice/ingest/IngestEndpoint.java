package io.sluice.ingest;

import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;

/**
 * Devices' connections, from the opening to the end. Their messages come to {@link DeviceConnection} from its
 * {@code GuardedWebSocket}, on the event loop and one at a time: the endpoint's own way has a context, a hop and a
 * {@code Uni} for each, which cost more than all that is done with a small message.
 */
@WebSocket(
        path = IngestRoute.PATH,
        endpointId = IngestEndpoint.ID,
        // No message comes this way, so the queue that would hold them back is left out: 600 octets a connection. The
        // callbacks keep their order without it as long as they are synchronous.
        inboundProcessingMode = InboundProcessingMode.CONCURRENT)
class IngestEndpoint {
    static final String ID = "ingest";

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection connection) {
        of(connection).opened();
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
