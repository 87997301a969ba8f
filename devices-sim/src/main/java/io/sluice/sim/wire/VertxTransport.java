package io.sluice.sim.wire;

import io.sluice.sim.firmware.Transport;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connections by Vert.x's WebSocket client. {@link #open} is called on the event loop that the connection shall live on. */
public final class VertxTransport implements Transport {
    private static final int CONNECT_TIMEOUT_MS = 10_000;
    private static final int CLOSING_TIMEOUT_S = 5;
    private static final int LONGEST_FRAME = 1 << 20;

    private final WebSocketClient client;
    private final URI url;
    private final int fragmentBytes;

    /**
     * @param url {@code ws://} or {@code wss://}, without a query
     * @param connections how many may be open at once
     * @param fragmentBytes messages longer than that are sent in fragments of that size; 0 for never
     */
    public VertxTransport(Vertx vertx, URI url, Trust trust, int connections, int fragmentBytes) {
        this.url = url;
        this.fragmentBytes = fragmentBytes;
        WebSocketClientOptions options = new WebSocketClientOptions()
                .setMaxConnections(connections)
                .setConnectTimeout(CONNECT_TIMEOUT_MS)
                .setClosingTimeout(CLOSING_TIMEOUT_S)
                .setMaxFrameSize(LONGEST_FRAME)
                .setMaxMessageSize(LONGEST_FRAME)
                .setTcpNoDelay(true)
                .setVerifyHost(true);
        if (trust.pemOptions() != null) {
            options.setTrustOptions(trust.pemOptions());
        }
        client = vertx.createWebSocketClient(options);
    }

    @Override
    public Link open(Opening opening, LinkEvents events) {
        VertxLink link = new VertxLink(client.webSocket(), fragmentBytes, events);
        link.connect(options(opening), problem -> {
            if (problem instanceof UpgradeRejectedException rejected) {
                events.refused(
                        rejected.getStatus(), seconds(rejected.getHeaders().get("Retry-After")));
            } else {
                events.failed(problem.getClass().getSimpleName() + ": " + problem.getMessage());
            }
        });
        return link;
    }

    private WebSocketConnectOptions options(Opening opening) {
        String basic = opening.device() + ":" + opening.token();
        boolean tls = "wss".equals(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
        // The grammars of ids and epochs leave nothing to escape.
        String path = url.getRawPath() + "?epoch=" + opening.epoch() + "&next=" + opening.next();
        return new WebSocketConnectOptions()
                .setHost(url.getHost())
                .setPort(port)
                .setSsl(tls)
                .setURI(path)
                .setTimeout(CONNECT_TIMEOUT_MS)
                .setAllowOriginHeader(false)
                .setSubProtocols(List.of(opening.subprotocol()))
                .addHeader(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
    }

    /** The date form of {@code Retry-After} counts as absent: back-off applies anyway. */
    private static long seconds(@Nullable String retryAfter) {
        return retryAfter != null && retryAfter.matches("\\d{1,9}") ? Long.parseLong(retryAfter) : 0;
    }
}
