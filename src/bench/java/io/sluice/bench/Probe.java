package io.sluice.bench;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The device whose readings are timed. It sends one every {@link #PERIOD_MILLIS}, no multiple of the intervals of commits and
 * frames, at moments that are fixed beforehand; a delay counts from that moment, whatever kept it from being sent.
 */
final class Probe extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final long PERIOD_MILLIS = 37;
    private static final int MAX_FRAME = 65_536;

    private final Marks marks;
    private final CompletableFuture<ChannelHandlerContext> open = new CompletableFuture<>();
    private final long originNanos = System.nanoTime();
    private final long originMillis = System.currentTimeMillis();
    private long sent;

    private Probe(Marks marks) {
        this.marks = marks;
    }

    static Probe open(EventLoopGroup loops, Server server, Marks marks) throws Exception {
        Probe probe = new Probe(marks);
        new Socket(
                        server.address(),
                        "/ingest",
                        "sluice.v1.senml+json",
                        server.authorization(Stopwatch.PROBE),
                        MAX_FRAME)
                .open(loops, probe, probe.open::completeExceptionally);
        probe.open.get(30, TimeUnit.SECONDS);
        return probe;
    }

    void run(long millis) throws Exception {
        ChannelHandlerContext ctx = open.get();
        long begin = System.nanoTime();
        long[] due = {begin};
        ScheduledFuture<?> sending = ctx.executor()
                .scheduleAtFixedRate(
                        () -> {
                            send(ctx, due[0]);
                            due[0] += TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
                        },
                        0,
                        PERIOD_MILLIS,
                        TimeUnit.MILLISECONDS);
        TimeUnit.MILLISECONDS.sleep(millis);
        if (sending.isDone() || !ctx.channel().isActive()) {
            throw new IllegalStateException("the device that is timed was cut off");
        }
        sending.cancel(false);
    }

    private void send(ChannelHandlerContext ctx, long due) {
        long time = originMillis + TimeUnit.NANOSECONDS.toMillis(due - originNanos);
        int mark = marks.add(due, time);
        ctx.writeAndFlush(new TextWebSocketFrame(String.format(
                Locale.ROOT,
                "[{\"n\":\"%s\",\"u\":\"%s\",\"t\":%.3f,\"v\":%d}]",
                Messages.MARK.name(),
                Messages.MARK.unit(),
                time / 1e3,
                mark)));
        sent++;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        String text = frame.content().toString(java.nio.charset.StandardCharsets.UTF_8);
        if (!text.startsWith("{\"ack\"") && !text.startsWith("{\"welcome\"")) {
            System.err.println("instead of an acknowledgement of one of " + sent + ": " + text);
            ctx.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            open.complete(ctx);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        open.completeExceptionally(cause);
        ctx.close();
    }
}
