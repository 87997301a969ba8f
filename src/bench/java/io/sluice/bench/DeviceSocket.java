package io.sluice.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One device: sends at its pace during a turn, and takes note of every acknowledgement. */
final class DeviceSocket extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final String ACK = "{\"ack\":";
    private static final String WELCOME = "{\"welcome\":";

    private final Frames frames;
    private final Pace pace;
    private final long[] dueNanos;
    private final CompletableFuture<DeviceSocket> open = new CompletableFuture<>();
    private @Nullable ChannelHandlerContext context;
    private @Nullable Turn turn;
    private long sent;
    private long acknowledged;

    /** @param window messages that may be in flight */
    DeviceSocket(Frames frames, Pace pace, int window) {
        this.frames = frames;
        this.pace = pace;
        this.dueNanos = new long[window];
    }

    CompletableFuture<DeviceSocket> open() {
        return open;
    }

    Pace pace() {
        return pace;
    }

    ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not open");
        }
        return context;
    }

    /** On the event loop. */
    void begin(Turn next) {
        long now = System.nanoTime();
        turn = next;
        pace.begin(now);
        advance(context(), next, now);
    }

    /** On the event loop, now and then: an open loop goes on whatever comes back. */
    void tick(long now) {
        Turn current = turn;
        if (current != null) {
            advance(context(), current, now);
        }
    }

    private void advance(ChannelHandlerContext ctx, Turn current, long now) {
        if (!current.isOver(now)) {
            fill(ctx, now);
        } else if (acknowledged == sent) {
            turn = null;
            current.settled();
        }
    }

    private void fill(ChannelHandlerContext ctx, long now) {
        long before = sent;
        while (sent - acknowledged < dueNanos.length && pace.isDue(now)) {
            long due = pace.next(now);
            sent++;
            dueNanos[slot(sent)] = due;
            // Past the encoder: these are frames already.
            ctx.write(frames.frame(sent, due), ctx.voidPromise());
        }
        if (sent > before) {
            ctx.flush();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) throws IOException {
        ByteBuf content = frame.content();
        if (!startsWith(content, ACK)) {
            if (!startsWith(content, WELCOME)) {
                throw new IOException("instead of an acknowledgement: " + content.toString(StandardCharsets.UTF_8));
            }
            return;
        }
        long number = 0;
        for (int i = content.readerIndex() + ACK.length(); content.getByte(i) != '}'; i++) {
            number = number * 10 + content.getByte(i) - '0';
        }
        acknowledged(ctx, number);
    }

    private void acknowledged(ChannelHandlerContext ctx, long number) throws IOException {
        Turn current = turn;
        if (current == null || number <= acknowledged || number > sent) {
            throw new IOException(
                    "acknowledgement of " + number + " where " + acknowledged + " to " + sent + " are out");
        }
        long now = System.nanoTime();
        while (acknowledged < number) {
            current.acknowledged(now - dueNanos[slot(++acknowledged)]);
        }
        advance(ctx, current, now);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            context = ctx;
            open.complete(this);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause);
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(new IOException("the server closed a connection"));
        ctx.fireChannelInactive();
    }

    private void fail(Throwable why) {
        open.completeExceptionally(why);
        if (turn != null) {
            turn.failed(why);
        }
    }

    private int slot(long number) {
        return (int) (number % dueNanos.length);
    }

    private static boolean startsWith(ByteBuf content, String text) {
        int at = content.readerIndex();
        for (int i = 0; i < text.length(); i++) {
            if (i >= content.readableBytes() || content.getByte(at + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
