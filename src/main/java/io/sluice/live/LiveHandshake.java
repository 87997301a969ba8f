package io.sluice.live;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.util.AttributeKey;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.sluice.platform.GuardedWebSocket;
import io.sluice.platform.OpeningHandshake;
import io.sluice.platform.Problem;
import io.sluice.platform.WireLimits;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
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
    static final TypedKey<Opening> OPENING = new TypedKey<>("sluice.live.opening");

    /** From the route to the check; an upgrade is the last request of its connection. */
    private static final AttributeKey<Gate.Admitted> ADMITTED = AttributeKey.valueOf("sluice.live.admitted");

    private static final String PROTOCOL_HEADER = "Sec-WebSocket-Protocol";
    /** After authentication, before the endpoint. */
    private static final int ORDER = -10;

    private static final int NOT_FOUND = 404;

    /** Frames a little over the limit get an answer; those of more than this many times it end the connection. */
    private static final int FAR_TOO_LARGE = 4;

    /** What the endpoint needs of a connection. */
    record Opening(Channel channel, GuardedWebSocket socket, Gate.Admitted admitted) {}

    private final Gate gate;
    private final LiveConfig config;
    private final WireLimits limits;

    LiveHandshake(Gate gate, LiveConfig config) {
        this.gate = gate;
        this.config = config;
        this.limits =
                new WireLimits(FAR_TOO_LARGE * config.maxFrameBytes(), config.messageTimeout(), config.closeTimeout());
    }

    void route(@Observes Router router) {
        router.get("/live").order(ORDER).handler(this::judge);
    }

    private void judge(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        Problem fault = OpeningHandshake.fault(request.version() == HttpVersion.HTTP_1_1, request.headers());
        if (fault != null) {
            OpeningHandshake.refuse(request.response(), fault);
            return;
        }
        if (!takeSubprotocol(request)) {
            Problem.of(400, "The subprotocol here is " + SUBPROTOCOL + ".").send(request.response());
            return;
        }
        gate.admit(routing, admitted -> {
            OpeningHandshake.reduce(request.headers(), request.headers().get(PROTOCOL_HEADER));
            channel(request).attr(ADMITTED).set(admitted);
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
        Gate.Admitted admitted = channel.attr(ADMITTED).getAndSet(null);
        if (admitted == null) {
            return CheckResult.rejectUpgrade(NOT_FOUND);
        }
        GuardedWebSocket socket = GuardedWebSocket.install(channel.pipeline(), limits);
        context.userData().put(OPENING, new Opening(channel, socket, admitted));
        return CheckResult.permitUpgrade();
    }
}
