package io.sluice.platform;

import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An echo behind the same codec and the same guard as the device endpoint. */
final class EchoServer {
    static final int MAX_MESSAGE = 65_536;

    private final Map<Integer, CompletableFuture<Integer>> ended = new ConcurrentHashMap<>();
    private final boolean late;
    private final WireLimits limits;
    private final HttpServer server;

    /** @param late whether a message is dealt with after the read that brought it */
    EchoServer(Vertx vertx, boolean late, Duration closeTimeout, @Nullable KeyCertOptions key) {
        this.late = late;
        this.limits = new WireLimits(MAX_MESSAGE, Duration.ofMinutes(1), closeTimeout);
        HttpServerOptions options = new HttpServerOptions()
                .setHost("localhost")
                .setPort(0)
                .setPerMessageWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(MAX_MESSAGE)
                .setMaxWebSocketMessageSize(MAX_MESSAGE);
        if (key != null) {
            options.setSsl(true).setKeyCertOptions(key);
        }
        new WebSocketOptions().customizeHttpServer(options);
        server = vertx.createHttpServer(options).requestHandler(this::upgrade);
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    int port() {
        return server.actualPort();
    }

    /** The close code that the guard tells of the connection from that port of the peer's, once it has ended. */
    int awaitEnd(int peerPort) throws Exception {
        return ended.get(peerPort).get(20, TimeUnit.SECONDS);
    }

    private void upgrade(HttpServerRequest request) {
        ended.put(request.remoteAddress().port(), new CompletableFuture<>());
        Channel channel = ((ConnectionBase) request.connection()).channel();
        GuardedWebSocket socket = GuardedWebSocket.install(channel.pipeline(), limits);
        request.toWebSocket().onSuccess(webSocket -> open(webSocket, socket, channel));
    }

    private void open(ServerWebSocket webSocket, GuardedWebSocket socket, Channel channel) {
        int port = webSocket.remoteAddress().port();
        webSocket.closeHandler(closed -> ended.get(port).complete(socket.closeCode()));
        socket.open(new WireListener() {
            @Override
            public void message(byte[] octets, boolean text) {
                if (late) {
                    channel.eventLoop().execute(() -> echo(socket, octets, text));
                } else {
                    echo(socket, octets, text);
                }
            }

            @Override
            public void failed(Throwable fault) {
                throw new AssertionError(fault);
            }

            @Override
            public void violated(WireViolation violation) {
                socket.close(violation.closeCode(), violation.detail());
            }
        });
    }

    private static void echo(GuardedWebSocket socket, byte[] message, boolean text) {
        socket.send(message, text);
        socket.delivered();
    }
}
