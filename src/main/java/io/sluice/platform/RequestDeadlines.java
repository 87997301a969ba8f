package io.sluice.platform;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends connections that take too long to say what they want. Once a second each event loop looks through its channels, which
 * meets every accepted connection, also those that never send an octet, and needs no timer for each.
 */
@Singleton
class RequestDeadlines {
    private static final int BEFORE_ALL = -10_000;
    private static final long SWEEP_MS = 1_000;
    /** After a live reload the attribute may hold an object of a class loader that is gone, hence no narrower type. */
    private static final AttributeKey<Object> DEADLINE = AttributeKey.valueOf("sluice.http.deadline");

    private final HttpConfig config;
    private final MeterRegistry metrics;
    private final Vertx vertx;
    private final List<ScheduledFuture<?>> sweeps = new ArrayList<>();
    private int maxPendingOfLoop;

    RequestDeadlines(HttpConfig config, MeterRegistry metrics, Vertx vertx) {
        this.config = config;
        this.metrics = metrics;
        this.vertx = vertx;
    }

    void register(@Observes Router router) {
        // Also what the router refuses before it looks for a route, such as a request without a valid Host.
        router.route().order(BEFORE_ALL).handler(this::requested).failureHandler(this::requested);
    }

    void start(@Observes StartupEvent event) {
        List<SingleThreadEventLoop> loops = new ArrayList<>();
        for (EventExecutor executor : vertx.nettyEventLoopGroup()) {
            if (executor instanceof SingleThreadEventLoop loop) {
                loops.add(loop);
            }
        }
        maxPendingOfLoop = Math.max(1, config.maxPending() / Math.max(1, loops.size()));
        for (SingleThreadEventLoop loop : loops) {
            sweeps.add(loop.scheduleWithFixedDelay(() -> sweep(loop), SWEEP_MS, SWEEP_MS, TimeUnit.MILLISECONDS));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        sweeps.forEach(sweep -> sweep.cancel(false));
    }

    private void requested(RoutingContext context) {
        HttpServerRequest request = context.request();
        Channel channel = ((ConnectionBase) request.connection()).channel();
        RequestDeadline deadline = of(channel, System.nanoTime());
        if (deadline.isPending()) {
            boolean hasBody = request.getHeader("Transfer-Encoding") != null
                    || !"0".equals(request.headers().get("Content-Length"))
                            && request.headers().contains("Content-Length");
            deadline.begin(channel, hasBody, System.nanoTime());
        }
        context.next();
    }

    private void sweep(SingleThreadEventLoop loop) {
        long now = System.nanoTime();
        List<Channel> pending = new ArrayList<>();
        // A copy, because closing takes a channel out of what is walked through.
        for (Channel channel : accepted(loop)) {
            RequestDeadline deadline = of(channel, now);
            RequestDeadline.Overdue overdue = deadline.overdue(channel, now);
            if (overdue != null) {
                end(channel, deadline, overdue);
            } else if (deadline.isPending()) {
                pending.add(channel);
            }
        }
        int surplus = pending.size() - maxPendingOfLoop;
        if (surplus > 0) {
            pending.sort(Comparator.comparingLong(channel -> of(channel, now).sinceNanos() - now));
            pending.subList(0, surplus)
                    .forEach(channel -> end(channel, of(channel, now), RequestDeadline.Overdue.HEAD));
        }
    }

    private static List<Channel> accepted(SingleThreadEventLoop loop) {
        List<Channel> accepted = new ArrayList<>();
        for (Iterator<Channel> all = loop.registeredChannelsIterator(); all.hasNext(); ) {
            Channel channel = all.next();
            // The others are the service's own, to the database.
            if (channel.parent() != null) {
                accepted.add(channel);
            }
        }
        return accepted;
    }

    private RequestDeadline of(Channel channel, long nowNanos) {
        if (channel.attr(DEADLINE).get() instanceof RequestDeadline known) {
            return known;
        }
        RequestDeadline met = new RequestDeadline(config, nowNanos);
        channel.attr(DEADLINE).set(met);
        return met;
    }

    private void end(Channel channel, RequestDeadline deadline, RequestDeadline.Overdue overdue) {
        metrics.counter("sluice.http.timeouts", "waiting", overdue.name().toLowerCase(Locale.ROOT))
                .increment();
        deadline.end(channel, overdue);
    }
}
