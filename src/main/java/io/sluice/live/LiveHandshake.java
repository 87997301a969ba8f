package io.sluice.live;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.util.AttributeKey;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.sluice.platform.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.List;

/**
 * The handshake of {@code /live}: a route ahead of the endpoint refuses with a problem's body, which an upgrade check
 * cannot; the check then hands on what the endpoint needs.
 */
@ApplicationScoped
class LiveHandshake implements HttpUpgradeCheck {
    static final String SUBPROTOCOL = "sluice.live.v1";
    static final TypedKey<Channel> CHANNEL = new TypedKey<>("sluice.live.channel");
    static final TypedKey<List<String>> ROLES = new TypedKey<>("sluice.live.roles");

    /** From the route to the check; an upgrade is the last request of its connection. */
    private static final AttributeKey<List<String>> ADMITTED = AttributeKey.valueOf("sluice.live.admitted");

    private static final String PROTOCOL_HEADER = "Sec-WebSocket-Protocol";
    /** After authentication, before the endpoint. */
    private static final int ORDER = -10;

    private final Gate gate;
    private final LiveConfig config;

    LiveHandshake(Gate gate, LiveConfig config) {
        this.gate = gate;
        this.config = config;
    }

    void route(@Observes Router router) {
        router.get("/live").order(ORDER).handler(this::judge);
    }

    private void judge(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                || !"13".equals(request.getHeader("Sec-WebSocket-Version"))) {
            Problem.of(426, "This is a WebSocket, version 13.")
                    .send(request.response().putHeader("Sec-WebSocket-Version", "13"));
            return;
        }
        List<String> keys = request.headers().getAll("Sec-WebSocket-Key");
        if (keys.size() != 1 || keys.get(0).trim().length() != 24) {
            Problem.of(400, "Exactly one Sec-WebSocket-Key of 16 octets is needed.")
                    .send(request.response());
            return;
        }
        if (!takeSubprotocol(request)) {
            Problem.of(400, "The subprotocol here is " + SUBPROTOCOL + ".").send(request.response());
            return;
        }
        gate.admit(routing, roles -> {
            channel(request).attr(ADMITTED).set(roles);
            routing.next();
        });
    }

    private static Channel channel(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channel();
    }

    /** Leaves only this endpoint's own, because the server's list is one for all endpoints. */
    private static boolean takeSubprotocol(HttpServerRequest request) {
        List<String> offered = request.headers().getAll(PROTOCOL_HEADER);
        if (offered.isEmpty()) {
            return true;
        }
        boolean known = offered.stream()
                .flatMap(line -> Arrays.stream(line.split(",", 64)))
                .anyMatch(name -> name.trim().equals(SUBPROTOCOL));
        if (known) {
            request.headers().set(PROTOCOL_HEADER, SUBPROTOCOL);
        }
        return known;
    }

    @Override
    public boolean appliesTo(String endpointId) {
        return endpointId.equals(LiveSocket.ID);
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        Channel channel = channel(context.httpRequest());
        try {
            channel.config().setOption(ChannelOption.SO_SNDBUF, config.sendBuffer());
        } catch (ChannelException gone) {
            // The browser left while its log-in was looked up; the upgrade comes to nothing by itself.
        }
        context.userData().put(CHANNEL, channel);
        context.userData().put(ROLES, channel.attr(ADMITTED).get());
        return CheckResult.permitUpgrade();
    }
}
