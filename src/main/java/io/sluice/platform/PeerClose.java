package io.sluice.platform;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;

/** What a peer's close frame says. */
final class PeerClose {
    private static final int NO_CODE = -1;
    private static final int HIGHEST = 4_999;

    private PeerClose() {}

    /**
     * Its code, -1 where it has none. Netty's decoder has refused most of what is wrong, but neither codes above the highest
     * that RFC 6455 leaves to applications, nor a reason that ends within a character.
     */
    static int code(CloseWebSocketFrame frame) throws WireViolation {
        ByteBuf payload = frame.content();
        int start = payload.readerIndex();
        int end = payload.writerIndex();
        if (start == end) {
            return NO_CODE;
        }
        int code = payload.getUnsignedShort(start);
        if (code > HIGHEST) {
            throw new WireViolation(WireViolation.PROTOCOL_ERROR, "close code " + code);
        }
        Utf8Check reason = new Utf8Check();
        if (reason.firstBad(payload, start + Short.BYTES, end, 0) < end || !reason.isComplete()) {
            throw new WireViolation(WireViolation.BAD_UTF8, "close reason is not UTF-8");
        }
        return code;
    }
}
