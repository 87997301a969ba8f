package io.sluice.platform;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * Puts the fragments of one message together, within a bound. Vert.x does this too, but drops a message whose first
 * fragment is empty.
 */
final class MessageAssembly {
    private final int maxBytes;
    private @Nullable ByteBuf parts;
    private boolean text;
    private boolean open;

    MessageAssembly(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether a message has begun and not ended. */
    boolean isOpen() {
        return open;
    }

    /**
     * Takes a data frame, and its reference.
     *
     * @return the whole message as one final frame; null where more is to come
     * @throws WireViolation with the close code
     */
    @Nullable
    WebSocketFrame add(WebSocketFrame frame, ByteBufAllocator allocator) throws WireViolation {
        boolean handedOn = false;
        try {
            boolean continuation = frame instanceof ContinuationWebSocketFrame;
            if (continuation != open) {
                // Netty's decoder refuses both cases before; this keeps the state right whatever stands before it.
                throw new WireViolation(WireViolation.PROTOCOL_ERROR, "fragment out of order");
            }
            ByteBuf content = frame.content();
            int size = parts == null ? 0 : parts.readableBytes();
            if (content.readableBytes() > maxBytes - size) {
                throw new WireViolation(WireViolation.TOO_BIG, tooBig());
            }
            if (!continuation) {
                text = frame instanceof TextWebSocketFrame;
            }
            open = !frame.isFinalFragment();
            if (!continuation && !open) {
                handedOn = true;
                return frame;
            }
            if (parts == null) {
                parts = allocator.heapBuffer(Math.min(maxBytes, Math.max(256, content.readableBytes() * 2)), maxBytes);
            }
            parts.writeBytes(content);
            return open ? null : take();
        } finally {
            if (!handedOn) {
                frame.release();
            }
        }
    }

    private WebSocketFrame take() {
        ByteBuf whole = parts;
        parts = null;
        if (whole == null) {
            throw new IllegalStateException("no message is open");
        }
        return text ? new TextWebSocketFrame(true, 0, whole) : new BinaryWebSocketFrame(true, 0, whole);
    }

    void discard() {
        open = false;
        if (parts != null) {
            parts.release();
            parts = null;
        }
    }

    /** The reason for 1009, whether one frame is too big or several together. */
    String tooBig() {
        return "more than " + maxBytes + " octets";
    }
}
