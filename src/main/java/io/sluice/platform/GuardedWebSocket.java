package io.sluice.platform;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
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
import org.jspecify.annotations.Nullable;

/**
 * What Vert.x leaves open of RFC 6455, and back-pressure, between the frame codec and Vert.x: whole messages go to the owner
 * one at a time and not through Vert.x, pings and closes are answered here, a violation becomes the right close frame, and
 * the socket is not read while a message waits or the peer does not read.
 *
 * <pre>
 * OPEN ──violation──▶ VIOLATED ──close()──▶ ENDING ──peer's end──▶ CLOSED
 *   ├────────────peer's close─────────────────▲
 *   └──close()──▶ CLOSING ──peer's answer─────┘
 * </pre>
 *
 * After a close frame everything that comes is dropped, and CLOSED is reached anyway when time is up. In ENDING our half of
 * the connection has ended, so that the peer reads to the end of what it was sent.
 *
 * <p>Everything runs on the channel's event loop. Connections are closed with {@code ctx.close()}: the channel's own close would
 * pass through Vert.x, which would write a second close frame.
 */
public final class GuardedWebSocket extends ChannelDuplexHandler {
    private static final String HTTP_DECODER = "httpDecoder";
    private static final String VERTX_HANDLER = "handler";

    private enum State {
        OPEN,
        VIOLATED,
        CLOSING,
        ENDING,
        CLOSED
    }

    private final WireLimits limits;
    private final MessageAssembly assembly;
    private final WireIntake intake = new WireIntake(this::read, this::badText);
    private final Deque<WebSocketFrame> held = new ArrayDeque<>();

    private ChannelHandlerContext ctx;
    private ReadGate gate;
    private @Nullable WireListener listener;
    private @Nullable WireViolation violation;
    private @Nullable Farewell farewell;
    private State state = State.OPEN;
    private boolean busy;
    private boolean draining;
    private int closeCode = -1;
    private long heardNanos;
    private long incompleteSinceNanos;
    private long completed;
    private long completedBefore;
    private boolean incomplete;

    // The context and the gate come with the pipeline, in handlerAdded, before any other call.
    @SuppressWarnings("NullAway.Init")
    private GuardedWebSocket(WireLimits limits) {
        this.limits = limits;
        this.assembly = new MessageAssembly(limits.maxMessageBytes());
    }

    /** Puts one into the pipeline of a connection that is about to be upgraded; nothing is delivered before {@link #open}. */
    public static GuardedWebSocket install(ChannelPipeline pipeline, WireLimits limits) {
        GuardedWebSocket socket = new GuardedWebSocket(limits);
        pipeline.addBefore(HTTP_DECODER, "sluice-intake", socket.intake);
        pipeline.addBefore(VERTX_HANDLER, "sluice-guard", socket);
        pipeline.replace(HTTP_DECODER, HTTP_DECODER, new WireIntake.Placeholder(socket.intake));
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

    /** Whether something waits behind a whole message that waits. */
    public boolean isHoldingSeveral() {
        return held.size() > 1 || (!held.isEmpty() && intake.isHolding());
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

    /** Whether there is still something to say: no close frame was sent. */
    public boolean isOpen() {
        return state == State.OPEN || state == State.VIOLATED;
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
        if (isOpen()) {
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
        if (!isOpen()) {
            return;
        }
        boolean violated = state == State.VIOLATED;
        sayGoodbye(code, new CloseWebSocketFrame(code, reason));
        if (violated) {
            end();
        } else {
            // From now on only the peer's close frame counts, so frames may come as they will; they are dropped.
            intake.full(false);
        }
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
        boolean partial = waiting && (assembly.isOpen() || intake.isWithinFrame());
        if (!partial) {
            incomplete = false;
        } else if (!incomplete || completed != completedBefore) {
            // Of a steady stream there is a part at every look, each time of another message.
            incomplete = true;
            completedBefore = completed;
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
        if (state == State.CLOSING && frame instanceof CloseWebSocketFrame) {
            frame.release();
            end();
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
            int code = corrupted.closeStatus().code();
            boolean tooBig = code == WireViolation.TOO_BIG;
            violate(new WireViolation(code, tooBig ? assembly.tooBig() : "broken frame"));
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

    private void badText() {
        violate(new WireViolation(WireViolation.BAD_UTF8, "text is not UTF-8"));
    }

    private void violate(WireViolation found) {
        if (state == State.CLOSING) {
            end();
        } else if (state == State.OPEN && violation == null) {
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
            takeHeld();
            if (state == State.OPEN && violation != null && held.isEmpty() && !busy && listener != null) {
                state = State.VIOLATED;
                release();
                listener.violated(violation);
            }
        } finally {
            draining = false;
        }
        // Before it is opened there may be no frame decoder yet.
        if (state == State.OPEN && listener != null) {
            intake.full(busy || !held.isEmpty() || !isWritable());
            read();
        }
    }

    private void read() {
        if (state == State.OPEN) {
            gate.read(!isHolding() && isWritable());
        }
    }

    private void takeHeld() {
        try {
            while (state == State.OPEN && !held.isEmpty() && canTake(held.peekFirst())) {
                take(held.removeFirst());
            }
        } catch (WireViolation found) {
            release();
            intake.discard();
            violation = found;
        }
    }

    private boolean canTake(WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame) {
            return !busy;
        }
        boolean control = frame instanceof PingWebSocketFrame || frame instanceof PongWebSocketFrame;
        return isWritable() && (control || !busy && gate.isOpen());
    }

    private void take(WebSocketFrame frame) throws WireViolation {
        if (frame instanceof PingWebSocketFrame) {
            ctx.writeAndFlush(new PongWebSocketFrame(frame.content()), ctx.voidPromise());
        } else if (frame instanceof PongWebSocketFrame) {
            frame.release();
            if (listener != null) {
                listener.ponged();
            }
        } else if (frame instanceof CloseWebSocketFrame close) {
            answerClose(close);
        } else {
            WebSocketFrame whole = assembly.add(frame, ctx.alloc());
            if (whole != null) {
                completed++;
                busy = true;
                deliver(whole);
            }
        }
    }

    private void deliver(WebSocketFrame whole) {
        byte[] octets = ByteBufUtil.getBytes(whole.content());
        whole.release();
        if (listener == null) {
            throw new IllegalStateException("the gate is open, and nobody listens");
        }
        try {
            listener.message(octets, whole instanceof TextWebSocketFrame);
        } catch (RuntimeException | Error e) {
            // Not further up: other connections' messages may be delivered by the same call.
            listener.failed(e);
        }
    }

    private void answerClose(CloseWebSocketFrame close) throws WireViolation {
        try {
            int code = PeerClose.code(close);
            sayGoodbye(code, code < 0 ? new CloseWebSocketFrame() : new CloseWebSocketFrame(code, ""));
            end();
        } finally {
            close.release();
        }
    }

    private void sayGoodbye(int code, CloseWebSocketFrame frame) {
        closeCode = code;
        state = State.CLOSING;
        release();
        farewell = new Farewell(ctx, frame, limits.closeTimeout(), this::abort);
        gate.read(true);
    }

    private void end() {
        state = State.ENDING;
        intake.discard();
        if (farewell != null) {
            farewell.endOurHalf();
        }
    }

    private void release() {
        held.forEach(ReferenceCountUtil::release);
        held.clear();
        assembly.discard();
    }
}
