package io.sluice.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Subscribers of {@code /live} who all ask the same, and only count what they get. */
final class Audience {
    private static final long PATIENCE_SECONDS = 60;
    private static final int OPENING = 50;

    /** What all of them got together. */
    record Seen(long updates, long octets) {
        Seen minus(Seen before) {
            return new Seen(updates - before.updates, octets - before.octets);
        }
    }

    /** One of them. Counted on its event loop, read from elsewhere: a count that is a moment old is good enough. */
    private static final class Subscriber extends SimpleChannelInboundHandler<WebSocketFrame> {
        private static final String UPDATE = "{\"update\"";

        private final String subscribe;
        private final CompletableFuture<Subscriber> open = new CompletableFuture<>();
        private volatile @Nullable ChannelHandlerContext context;
        private volatile long updates;
        private volatile long octets;

        Subscriber(String subscribe) {
            this.subscribe = subscribe;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
            ByteBuf content = frame.content();
            if (context == null) {
                context = ctx;
                ctx.writeAndFlush(new TextWebSocketFrame(subscribe));
                return;
            }
            open.complete(this);
            octets += content.readableBytes();
            if (content.readableBytes() > UPDATE.length()
                    && content.toString(content.readerIndex(), UPDATE.length(), StandardCharsets.US_ASCII)
                            .equals(UPDATE)) {
                updates++;
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            System.err.println("a subscriber failed: " + cause);
            open.completeExceptionally(cause);
            ctx.close();
        }
    }

    private final List<Subscriber> subscribers = new ArrayList<>();

    private Audience() {}

    static Audience open(EventLoopGroup loops, Server server, List<String> devices, int maxHz, int count)
            throws Exception {
        String subscribe = "{\"subscribe\":{\"id\":1,\"channel\":\"rollups\",\"window\":\"1s\",\"maxHz\":" + maxHz
                + ",\"devices\":"
                + devices.stream().map(device -> '"' + device + '"').collect(Collectors.joining(",", "[", "]")) + "}}";
        Audience audience = new Audience();
        // The first one's password is verified, for the others its verdict is remembered.
        audience.add(loops, server, subscribe, 1);
        while (audience.subscribers.size() < count) {
            audience.add(loops, server, subscribe, Math.min(OPENING, count - audience.subscribers.size()));
        }
        return audience;
    }

    /** Waits until they have their first frames. */
    private void add(EventLoopGroup loops, Server server, String subscribe, int count) throws Exception {
        List<CompletableFuture<Subscriber>> opening = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Subscriber subscriber = new Subscriber(subscribe);
            Socket.live(server.address(), SluiceServer.AUTHORIZATION)
                    .open(loops, subscriber, subscriber.open::completeExceptionally);
            subscribers.add(subscriber);
            opening.add(subscriber.open);
        }
        CompletableFuture.allOf(opening.toArray(CompletableFuture[]::new)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Fails where one of them has gone. */
    Seen seen() {
        long updates = 0;
        long octets = 0;
        for (Subscriber subscriber : subscribers) {
            ChannelHandlerContext context = subscriber.context;
            if (context == null || !context.channel().isActive()) {
                throw new IllegalStateException("a subscriber has gone");
            }
            updates += subscriber.updates;
            octets += subscriber.octets;
        }
        return new Seen(updates, octets);
    }

    void close() {
        for (Subscriber subscriber : subscribers) {
            ChannelHandlerContext context = subscriber.context;
            if (context != null) {
                context.close();
            }
        }
    }
}
