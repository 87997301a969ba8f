package io.sluice.ingest;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.AttributeKey;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.sluice.platform.OpeningHandshake;
import io.sluice.protocol.CloseCode;
import io.sluice.registry.Admission;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Judges requests to {@code /ingest} ahead of the WebSocket endpoint, which answers 101 to nearly anything and refuses
 * without a body. What passes here is upgraded by {@link IngestUpgrade} and {@link IngestEndpoint}.
 */
@Singleton
class IngestRoute {
    static final String PATH = "/ingest";
    /** What the handshake was found to be, on its way to the upgrade, which sees the request but not its context. */
    static final AttributeKey<Admitted> ADMITTED = AttributeKey.valueOf("sluice.ingest.admitted");

    private static final int BEFORE_ENDPOINTS = -1_000;

    /** Who was admitted, on which terms. */
    record Admitted(DeviceLink link, Handshake.Terms terms, Place place) {}

    private final Door door;
    private final PostRoute posts;
    private final IngestServices services;

    IngestRoute(Door door, PostRoute posts, IngestServices services) {
        this.door = door;
        this.posts = posts;
        this.services = services;
    }

    void register(@Observes Router router) {
        router.route(PATH).order(BEFORE_ENDPOINTS).handler(this::judge);
    }

    private void judge(RoutingContext context) {
        // A device's credential is none of the operators' mechanisms' business, now or when the connection is set up.
        context.remove(QuarkusHttpUser.DEFERRED_IDENTITY_KEY);
        HttpServerRequest request = context.request();
        if (!services.isEnabled()) {
            refuse(context, Refusal.of(404, RefusalReason.NO_INGEST_ROLE, "this instance takes no devices"));
        } else if (request.method() == HttpMethod.POST) {
            posts.handle(context);
        } else if (request.method() != HttpMethod.GET) {
            refuse(
                    context,
                    Refusal.of(405, RefusalReason.METHOD, "GET with an upgrade, or POST")
                            .header("Allow", "GET, POST"));
        } else {
            handshake(context, request);
        }
    }

    private void handshake(RoutingContext context, HttpServerRequest request) {
        Handshake.Verdict shape =
                Handshake.judge(request.version() == HttpVersion.HTTP_1_1, request.headers(), request.uri());
        if (shape.terms() == null) {
            refuse(context, shape.refusal());
            return;
        }
        Channel channel = channel(request);
        if (channel.hasAttr(ADMITTED)) {
            refuse(context, Refusal.of(400, RefusalReason.MALFORMED, "this connection has had its handshake"));
            return;
        }
        Door.Verdict who = door.judge(request, true);
        if (who.device() == null) {
            refuse(context, who.refusal());
            return;
        }
        Handshake.Terms terms = shape.terms();
        Place place = services.connections().admit(services.config().maxConnections());
        if (place != null) {
            admit(context, who.device(), terms, place);
        } else if (!takeOverPlace(context, who.device(), terms)) {
            refuse(context, Door.full());
        }
    }

    /** The device may hold a place already, which it would give up a moment later: the newer connection waits for it. */
    private boolean takeOverPlace(RoutingContext context, Admission.Admitted device, Handshake.Terms terms) {
        DeviceConnection older = services.connections().find(device.entry().device());
        if (older == null) {
            return false;
        }
        EventLoop loop = channel(context.request()).eventLoop();
        Place place = older.place();
        boolean promised = place.promise(() -> loop.execute(() -> admit(context, device, terms, place)));
        if (promised) {
            older.close(CloseCode.TAKEN_OVER);
        }
        return promised;
    }

    private void admit(RoutingContext context, Admission.Admitted device, Handshake.Terms terms, Place place) {
        HttpServerRequest request = context.request();
        Channel channel = channel(request);
        // Where the peer has gone meanwhile, at once.
        channel.closeFuture().addListener(closed -> place.end());
        if (!channel.isActive()) {
            return;
        }
        OpeningHandshake.reduce(request.headers(), terms.subprotocol());
        channel.attr(ADMITTED).set(new Admitted(services.link(device, terms.numbers()), terms, place));
        context.next();
    }

    private void refuse(RoutingContext context, Refusal problem) {
        services.metrics().refused(problem);
        IngestLog.LOG.handshakeRefused(
                address(context.request()), problem.status(), problem.problem().detail());
        problem.send(context.response());
    }

    static Channel channel(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channel();
    }

    static String address(HttpServerRequest request) {
        return request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
    }
}
