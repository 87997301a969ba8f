package io.sluice.platform;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.sluice.platform.ReadGate.Reason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What Vert.x leaves open of RFC 6455, and back-pressure, between the frame codec and Vert.x: whole messages are handed on
 * one at a time, pings and closes are answered here, a violation becomes the right close frame, and the socket is not read
 * while a message waits or the peer does not read.
 *
 * <pre>
 * OPEN ──violation──▶ VIOLATED ──close()──▶ CLOSING ──answer, end or timeout──▶ CLOSED
 *   │                                          ▲
 *   └──────────close(), or peer's close────────┘
 * </pre>
 *
 * Everything runs on the channel's event loop. Connections are closed with {@code ctx.close()}: the channel's own close would
 * pass through Vert.x, which would write a second close frame.
 */
public final class GuardedWebSocket extends ChannelDuplexHandler {
    private static final String VERTX_HANDLER = "handler";

    private enum State {
        OPEN,
        VIOLATED,
        CLOSING,
        CLOSED
    }

    private final WireLimits limits;
    private final MessageAssembly assembly;
    private final WireIntake intake = new WireIntake(this::read);
    private final Deque<WebSocketFrame> held = new ArrayDeque<>();

    private ChannelHandlerContext ctx;
    private ChannelHandlerContext intakeCtx;
    private ReadGate gate;
    private @Nullable WireListener listener;
    private @Nullable WireViolation violation;
    private State state = State.OPEN;
    private boolean busy;
    private boolean draining;
    private int closeCode = -1;
    private long consumedOctets;
    private long heardNanos;
    private long incompleteSinceNanos;
    private boolean incomplete;

    // The contexts and the gate come with the pipeline, in handlerAdded, before any other call.
    @SuppressWarnings("NullAway.Init")
    private GuardedWebSocket(WireLimits limits) {
        this.limits = limits;
        this.assembly = new MessageAssembly(limits.maxMessageBytes());
    }

    /** Puts one into the pipeline of a connection that is about to be upgraded; nothing is delivered before {@link #open}. */
    public static GuardedWebSocket install(ChannelPipeline pipeline, WireLimits limits) {
        GuardedWebSocket socket = new GuardedWebSocket(limits);
        ChannelHandlerContext codec = pipeline.context(HttpServerCodec.class);
        if (codec == null) {
            codec = pipeline.context("httpDecoder");
        }
        pipeline.addBefore(codec.name(), "sluice-intake", socket.intake);
        pipeline.addBefore(VERTX_HANDLER, "sluice-guard", socket);
        socket.intakeCtx = pipeline.context(socket.intake);
        return socket;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        gate = new ReadGate(context.channel());
        gate.add(Reason.OPENING);
        heardNanos = System.nanoTime();
    }

    /** Begins delivery. */
    public void open(WireListener owner) {
        listener = owner;
        resume(Reason.OPENING);
    }

    // --- what the owner says ---

    /** Takes no further message until {@link #resume} with the same reason; pings are still answered. */
    public void pause(Reason reason) {
        gate.add(reason);
    }

    public void resume(Reason reason) {
        if (gate.remove(reason)) {
            drain();
        }
    }

    /** Whether a whole or partial message waits behind a reason. */
    public boolean isHolding() {
        return !held.isEmpty() || intake.isHolding();
    }

    /** The message handed on was dealt with; the next may come. */
    public void delivered() {
        busy = false;
        drain();
    }

    /** Whether the server reads this peer; its silence counts only then. */
    public boolean isReading() {
        return gate.isReading();
    }

    /** Whether the peer takes what it is sent. */
    public boolean isWritable() {
        return ctx.channel().isWritable();
    }

    /** When the last octet came, in {@link System#nanoTime()}'s terms. */
    public long heardNanos() {
        return heardNanos;
    }

    /** The code of the close frame that was sent or received first; -1 where the connection just ended. */
    public int closeCode() {
        return closeCode;
    }

    public void send(byte[] payload, boolean text) {
        if (state == State.OPEN || state == State.VIOLATED) {
            ByteBuf bytes = Unpooled.wrappedBuffer(payload);
            ctx.writeAndFlush(
                    text ? new TextWebSocketFrame(bytes) : new BinaryWebSocketFrame(bytes), ctx.voidPromise());
        }
    }

    public void ping() {
        if (state == State.OPEN && isWritable()) {
            ctx.writeAndFlush(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER), ctx.voidPromise());
        }
    }

    /** Sends a close frame, then ends the connection when the peer has answered or its time is over. */
    public void close(int code, String reason) {
        if (state == State.CLOSING || state == State.CLOSED) {
            return;
        }
        beginClosing(code);
        ctx.writeAndFlush(new CloseWebSocketFrame(code, reason), ctx.voidPromise());
        ctx.executor().schedule(this::abort, limits.closeTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the connection without another word. */
    public void abort() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            release();
            ctx.close();
        }
    }

    /** Looks at the clocks; to be called about once a second. */
    public void tick(long nowNanos) {
        boolean waiting = state == State.OPEN && !isHolding() && isWritable() && gate.isReading();
        boolean partial = waiting && (assembly.isOpen() || intake.octets() > consumedOctets);
        if (!partial) {
            incomplete = false;
        } else if (!incomplete) {
            incomplete = true;
            incompleteSinceNanos = nowNanos;
        } else if (nowNanos - incompleteSinceNanos > limits.messageTimeout().toNanos()) {
            violate(new WireViolation(WireViolation.POLICY, "message not complete in time"));
        }
    }

    // --- what the peer says ---

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof WebSocketFrame frame)) {
            context.fireChannelRead(message);
            return;
        }
        heardNanos = System.nanoTime();
        count(frame.content().readableBytes());
        if (state == State.CLOSING && frame instanceof CloseWebSocketFrame) {
            frame.release();
            abort();
        } else if (state != State.OPEN) {
            frame.release();
        } else if (frame.rsv() != 0) {
            frame.release();
            violate(new WireViolation(WireViolation.PROTOCOL_ERROR, "reserved bits without an extension"));
        } else {
            held.add(frame);
            drain();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            violate(new WireViolation(corrupted.closeStatus().code(), "broken frame"));
        } else {
            // A reset, a timeout, a TLS failure: the connection is gone, which is no news worth a stack trace.
            abort();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        drain();
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        state = State.CLOSED;
        release();
        context.fireChannelInactive();
    }

    private void violate(WireViolation found) {
        if (state == State.OPEN && violation == null) {
            violation = found;
            intake.discard();
            drain();
        }
    }

    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        try {
            while (state == State.OPEN && !held.isEmpty() && canTake(held.peekFirst())) {
                take(held.removeFirst());
            }
            if (state == State.OPEN && violation != null && held.isEmpty() && !busy && listener != null) {
                state = State.VIOLATED;
                release();
                listener.violated(violation);
            }
        } finally {
            draining = false;
        }
        if (state == State.OPEN) {
            intake.full(intakeCtx, busy || !held.isEmpty() || !isWritable());
            read();
        }
    }

    private void read() {
        if (state == State.OPEN) {
            gate.read(!isHolding() && isWritable());
        }
    }

    private boolean canTake(WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame) {
            return !busy;
        }
        boolean control = frame instanceof PingWebSocketFrame || frame instanceof PongWebSocketFrame;
        return isWritable() && (control || !busy && gate.isOpen());
    }

    private void take(WebSocketFrame frame) {
        if (frame instanceof PingWebSocketFrame) {
            ctx.writeAndFlush(new PongWebSocketFrame(frame.content()), ctx.voidPromise());
        } else if (frame instanceof PongWebSocketFrame) {
            frame.release();
        } else if (frame instanceof CloseWebSocketFrame close) {
            answerClose(close);
        } else {
            assemble(frame);
        }
    }

    private void assemble(WebSocketFrame frame) {
        try {
            WebSocketFrame whole = assembly.add(frame, ctx.alloc());
            if (whole != null) {
                busy = true;
                ctx.fireChannelRead(whole);
            }
        } catch (WireViolation found) {
            held.forEach(ReferenceCountUtil::release);
            held.clear();
            intake.discard();
            violation = found;
        }
    }

    private void answerClose(CloseWebSocketFrame close) {
        int code = close.statusCode();
        close.release();
        beginClosing(code);
        CloseWebSocketFrame answer = code < 0 ? new CloseWebSocketFrame() : new CloseWebSocketFrame(code, "");
        ctx.writeAndFlush(answer).addListener(written -> abort());
    }

    private void beginClosing(int code) {
        closeCode = code;
        boolean violated = state == State.VIOLATED;
        state = State.CLOSING;
        release();
        if (!violated) {
            // From now on only the peer's close frame counts, so frames may come as they will; they are dropped.
            intake.full(intakeCtx, false);
        }
        gate.read(true);
    }

    private void release() {
        held.forEach(ReferenceCountUtil::release);
        held.clear();
        assembly.discard();
    }

    /** Octets of a frame on the wire: a client masks, and the decoder insists on the shortest length. */
    private void count(int payload) {
        consumedOctets += payload + (payload < 126 ? 6 : payload < 65_536 ? 8 : 14);
        if (consumedOctets > intake.octets()) {
            // What came in one read with the handshake passed the intake before it counted.
            consumedOctets = intake.octets();
        }
    }
}
