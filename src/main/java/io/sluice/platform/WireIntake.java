package io.sluice.platform;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Feeds octets to the frame decoder in small portions, and none while {@link GuardedWebSocket} still has undelivered
 * frames. One read from a socket can hold ten thousand tiny frames, and a decoded frame takes thirty times its octets: kept
 * as octets, what a paused peer has already sent costs what it sent.
 *
 * <p>It starts full, so that nothing reaches a decoder before the upgrade.
 */
final class WireIntake extends ChannelInboundHandlerAdapter {
    private static final int PORTION = 1024;

    private final Deque<ByteBuf> held = new ArrayDeque<>();
    private final TextScan scan = new TextScan();
    private final Runnable fed;
    private final Runnable badText;
    private ChannelHandlerContext ctx;
    private boolean full = true;
    private boolean discarding;
    private boolean feeding;

    /**
     * The context comes with the pipeline, in handlerAdded, before any other call.
     *
     * @param fed called when as much was fed as goes: what is held then decides whether the socket is read
     * @param badText called when the octets fed are followed by one that makes a text invalid
     */
    @SuppressWarnings("NullAway.Init")
    WireIntake(Runnable fed, Runnable badText) {
        this.fed = fed;
        this.badText = badText;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    boolean isHolding() {
        return !held.isEmpty();
    }

    /** Whether the decoder has a part of a frame. */
    boolean isWithinFrame() {
        return scan.isWithinFrame();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
        } else if (discarding) {
            bytes.release();
        } else {
            held.add(bytes);
            feed();
        }
    }

    /** Whether the decoder has to wait. */
    void full(boolean isFull) {
        full = isFull;
        if (!isFull) {
            feed();
        }
    }

    /** Drops what is held and all that comes. */
    void discard() {
        discarding = true;
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }

    private void feed() {
        if (feeding) {
            return;
        }
        feeding = true;
        try {
            while (!full && !held.isEmpty()) {
                ByteBuf first = held.peekFirst();
                if (first.readableBytes() > PORTION) {
                    feed(first.readRetainedSlice(PORTION));
                } else {
                    held.removeFirst();
                    feed(first);
                }
            }
        } finally {
            feeding = false;
        }
        fed.run();
    }

    private void feed(ByteBuf portion) {
        int size = portion.readableBytes();
        int good = scan.scan(portion);
        portion.writerIndex(portion.readerIndex() + good);
        ctx.fireChannelRead(portion);
        // Unless the decoder has found something before it.
        if (good < size && !discarding) {
            badText.run();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        discard();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        discard();
        context.fireChannelInactive();
    }

    /**
     * Stands where the upgrade looks for the HTTP decoder to put the frame decoder there. What came in one read with the
     * handshake, the HTTP decoder leaves to its successor; through here it goes to the intake, like all that comes later.
     */
    static final class Placeholder extends HttpRequestDecoder {
        private final WireIntake intake;

        Placeholder(WireIntake intake) {
            this.intake = intake;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf) {
                intake.channelRead(intake.ctx, message);
            } else {
                context.fireChannelRead(message);
            }
        }
    }
}
