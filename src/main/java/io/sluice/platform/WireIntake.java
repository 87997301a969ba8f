package io.sluice.platform;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Feeds octets to the frame decoder in small portions, and none while {@link GuardedWebSocket} still has undelivered
 * frames. One read from a socket can hold ten thousand tiny frames, and a decoded frame takes thirty times its octets: kept
 * as octets, what a paused peer has already sent costs what it sent.
 */
final class WireIntake extends ChannelInboundHandlerAdapter {
    private static final int PORTION = 1024;

    private final Deque<ByteBuf> held = new ArrayDeque<>();
    private boolean full;
    private boolean discarding;
    private boolean feeding;
    private long octets;

    /** Octets that the decoder was given. */
    long octets() {
        return octets;
    }

    boolean isHolding() {
        return !held.isEmpty();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
        } else if (discarding) {
            bytes.release();
        } else {
            held.add(bytes);
            feed(ctx);
        }
    }

    /** Whether the decoder has to wait. */
    void full(ChannelHandlerContext ctx, boolean isFull) {
        full = isFull;
        if (!isFull) {
            feed(ctx);
        }
    }

    /** Drops what is held and all that comes. */
    void discard() {
        discarding = true;
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }

    private void feed(ChannelHandlerContext ctx) {
        if (feeding) {
            return;
        }
        feeding = true;
        try {
            while (!full && !held.isEmpty()) {
                ByteBuf first = held.peekFirst();
                int readable = first.readableBytes();
                if (readable > PORTION) {
                    octets += PORTION;
                    ctx.fireChannelRead(first.readRetainedSlice(PORTION));
                } else {
                    held.removeFirst();
                    octets += readable;
                    ctx.fireChannelRead(first);
                }
            }
        } finally {
            feeding = false;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        discard();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        discard();
        ctx.fireChannelInactive();
    }
}
