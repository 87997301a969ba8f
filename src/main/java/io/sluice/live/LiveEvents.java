package io.sluice.live;

import io.netty.channel.ChannelOption;
import io.sluice.live.ClientFrame.Refused;
import io.sluice.live.ClientFrame.Subscribe;
import io.sluice.platform.Problem;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** {@code GET /live/events}: one subscription as Server-Sent Events (operator protocol section 1). */
@ApplicationScoped
class LiveEvents {
    /** After authentication, before REST. */
    private static final int ORDER = -10;

    private static final int SUBSCRIPTION = 1;

    private final Gate gate;
    private final LiveStream live;
    private final LiveConfig config;

    LiveEvents(Gate gate, LiveStream live, LiveConfig config) {
        this.gate = gate;
        this.live = live;
        this.config = config;
    }

    void route(@Observes Router router) {
        router.get("/live/events")
                .order(ORDER)
                .handler(routing -> gate.admit(routing, admitted -> begin(routing, admitted)));
    }

    private void begin(RoutingContext routing, Gate.Admitted admitted) {
        HttpServerRequest request = routing.request();
        HttpServerResponse response = request.response();
        if (response.closed()) {
            // The browser left while its log-in was looked up: the end handler that closes a session would never run.
            return;
        }
        ClientFrame frame = subscription(request);
        if (!(frame instanceof Subscribe subscribe)) {
            String detail = frame instanceof Refused refused ? refused.detail() : "bad parameters";
            Problem.of(400, detail).send(response);
            return;
        }
        if (request.version() != HttpVersion.HTTP_2) {
            ((ConnectionBase) request.connection())
                    .channel()
                    .config()
                    .setOption(ChannelOption.SO_SNDBUF, config.sendBuffer());
        }
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                // Proxies that gather an answer before they pass it on would hold events back.
                .putHeader("X-Accel-Buffering", "no");
        Session session = live.open(new EventSink(response), admitted.identity());
        routing.addEndHandler(ended -> live.closed(session));
        session.subscribe(subscribe);
    }

    private ClientFrame subscription(HttpServerRequest request) {
        Integer hz = null;
        String maxHz = request.getParam("maxHz");
        if (maxHz != null) {
            try {
                hz = Integer.valueOf(maxHz);
            } catch (NumberFormatException e) {
                hz = 0;
            }
        }
        return live.desk()
                .parser()
                .subscribe(
                        SUBSCRIPTION,
                        orElse(request.getParam("channel"), Channel.ROLLUPS.wireName()),
                        Names.of(request.params().getAll("devices")),
                        Names.of(request.params().getAll("groups")),
                        Names.of(request.params().getAll("metrics")),
                        request.getParam("window"),
                        request.getParam("mode"),
                        hz,
                        orElse(request.getHeader("Last-Event-ID"), request.getParam("since")));
    }

    private static @Nullable String orElse(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }
}
