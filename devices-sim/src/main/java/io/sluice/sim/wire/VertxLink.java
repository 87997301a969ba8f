package io.sluice.sim.wire;

import io.sluice.sim.firmware.Message;
import io.sluice.sim.firmware.Transport.Link;
import io.sluice.sim.firmware.Transport.LinkEvents;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** One WebSocket. Pings are answered by Vert.x. */
final class VertxLink implements Link {
    private static final int ABNORMAL = 1006;

    private final ClientWebSocket socket;
    private final int fragmentBytes;
    private final LinkEvents events;
    private boolean open;
    private boolean closing;
    private int closeCode;

    VertxLink(ClientWebSocket socket, int fragmentBytes, LinkEvents events) {
        this.socket = socket;
        this.fragmentBytes = fragmentBytes;
        this.events = events;
        // Set before the upgrade: the server's first frame may come in the same segment as its answer.
        socket.frameHandler(frame -> events.heard());
        socket.textMessageHandler(events::text);
        socket.binaryMessageHandler(frame -> events.binary(frame.getBytes()));
        socket.exceptionHandler(problem -> {});
        socket.closeHandler(ended -> events.closed(code()));
    }

    void connect(WebSocketConnectOptions options, Consumer<Throwable> failed) {
        socket.connect(options).onComplete(result -> {
            if (result.failed()) {
                failed.accept(result.cause());
                return;
            }
            open = true;
            if (closing) {
                socket.close((short) closeCode);
                return;
            }
            events.opened();
            socket.drainHandler(drained -> events.writable());
        });
    }

    @Override
    public void send(Message message) {
        byte[] body = message.body();
        if (fragmentBytes > 0 && body.length > fragmentBytes) {
            sendFragments(body, message.text());
        } else if (message.text()) {
            socket.writeTextMessage(new String(body, StandardCharsets.UTF_8));
        } else {
            socket.writeBinaryMessage(Buffer.buffer(body));
        }
    }

    @Override
    public boolean writable() {
        return open && !socket.writeQueueFull();
    }

    @Override
    public void close(int code) {
        if (closing) {
            return;
        }
        closing = true;
        closeCode = code;
        if (open) {
            socket.close((short) code);
        }
    }

    private void sendFragments(byte[] body, boolean text) {
        int first = text ? characterBoundary(body, fragmentBytes) : fragmentBytes;
        socket.writeFrame(
                text
                        ? WebSocketFrame.textFrame(new String(body, 0, first, StandardCharsets.UTF_8), false)
                        : WebSocketFrame.binaryFrame(Buffer.buffer().appendBytes(body, 0, first), false));
        for (int at = first; at < body.length; at += fragmentBytes) {
            int length = Math.min(fragmentBytes, body.length - at);
            socket.writeFrame(WebSocketFrame.continuationFrame(
                    Buffer.buffer().appendBytes(body, at, length), at + length == body.length));
        }
    }

    /** Vert.x takes the first fragment of a text as a string, so that one must not end within a character. */
    private static int characterBoundary(byte[] utf8, int limit) {
        int end = limit;
        while (end > 0 && (utf8[end] & 0xc0) == 0x80) {
            end--;
        }
        return end;
    }

    private int code() {
        Short code = socket.closeStatusCode();
        return code == null ? ABNORMAL : code & 0xffff;
    }
}
