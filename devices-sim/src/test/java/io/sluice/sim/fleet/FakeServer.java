package io.sluice.sim.fleet;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The server's side of the device protocol, as little of it as the tests need, written anew from the specification. */
class FakeServer implements AutoCloseable {
    /** A data message as it came. */
    record Received(int connection, String device, String epoch, long number, String body, int frames) {}

    final List<Received> received = new CopyOnWriteArrayList<>();
    final List<String> subprotocols = new CopyOnWriteArrayList<>();
    final List<Connection> connections = new CopyOnWriteArrayList<>();

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final boolean tls;

    /** What the test does with connections and messages; the default acknowledges each message at once. */
    interface Script {
        /** @return 101 to upgrade */
        default int handshake(HttpServerRequest request) {
            return 101;
        }

        default void data(Connection connection, long number) {
            connection.ack(number);
        }
    }

    /** One device's connection. */
    final class Connection {
        final int index;
        private final ServerWebSocket socket;
        private final String device;
        private final String epoch;
        private long next;
        private Buffer message = Buffer.buffer();
        private int frames;

        Connection(int index, ServerWebSocket socket, String device, String epoch, long next) {
            this.index = index;
            this.socket = socket;
            this.device = device;
            this.epoch = epoch;
            this.next = next;
        }

        void ack(long number) {
            text("{\"ack\":" + number + "}");
        }

        void text(String frame) {
            socket.writeTextMessage(frame);
        }

        void close(int code) {
            socket.close((short) code);
        }

        private void welcome() {
            text(
                    "{\"welcome\":{\"device\":\"" + device + "\",\"session\":\"s\",\"epoch\":\"" + epoch
                            + "\",\"next\":" + next
                            + ",\"window\":256,\"maxMessageBytes\":65536,\"maxRecords\":1000,\"heartbeatSeconds\":25,\"time\":1}}");
        }
    }

    FakeServer(Script script, HttpServerOptions options) throws Exception {
        tls = options.isSsl();
        server = vertx.createHttpServer(options.setHost("127.0.0.1")
                        .setPort(0)
                        .setWebSocketSubProtocols(List.of("sluice.v1.senml+json", "sluice.v1.senml+cbor")))
                .requestHandler(request -> upgrade(request, script))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    FakeServer(Script script) throws Exception {
        this(script, new HttpServerOptions());
    }

    URI url(String host) {
        return URI.create((tls ? "wss" : "ws") + "://" + host + ":" + server.actualPort() + "/ingest");
    }

    private void upgrade(HttpServerRequest request, Script script) {
        int status = script.handshake(request);
        if (status != 101) {
            request.response().setStatusCode(status).end();
            return;
        }
        String basic = request.getHeader("Authorization").substring("Basic ".length());
        String device = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8).split(":")[0];
        String epoch = request.getParam("epoch");
        long next = Long.parseLong(request.getParam("next"));
        request.toWebSocket().onSuccess(socket -> {
            subprotocols.add(socket.subProtocol());
            Connection connection = new Connection(connections.size(), socket, device, epoch, next);
            connections.add(connection);
            socket.frameHandler(frame -> collect(connection, script, frame));
            connection.welcome();
        });
    }

    private void collect(Connection connection, Script script, WebSocketFrame frame) {
        if (!frame.isText() && !frame.isBinary() && !frame.isContinuation()) {
            return;
        }
        connection.message.appendBuffer(frame.binaryData());
        connection.frames++;
        if (frame.isFinal()) {
            long number = connection.next++;
            received.add(new Received(
                    connection.index,
                    connection.device,
                    connection.epoch,
                    number,
                    connection.message.toString(),
                    connection.frames));
            connection.message = Buffer.buffer();
            connection.frames = 0;
            script.data(connection, number);
        }
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
