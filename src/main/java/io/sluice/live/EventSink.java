package io.sluice.live;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;

/**
 * A stream of Server-Sent Events. Every event's data is a frame as on the WebSocket, its id the frame's position, so that
 * {@code Last-Event-ID} brings it back.
 */
final class EventSink implements Sink {
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COMMENT = ": \n\n".getBytes(StandardCharsets.US_ASCII);

    private final HttpServerResponse response;

    EventSink(HttpServerResponse response) {
        this.response = response;
    }

    @Override
    public void send(Frame frame, Runnable done) {
        byte[] id = frame.position() == null
                ? new byte[0]
                : ("id: " + frame.position() + "\n").getBytes(StandardCharsets.US_ASCII);
        write(Buffer.buffer(Unpooled.wrappedBuffer(id, DATA, frame.head(), frame.items(), frame.tail(), END)), done);
    }

    @Override
    public void ping(Runnable done) {
        write(Buffer.buffer(COMMENT), done);
    }

    private void write(Buffer bytes, Runnable done) {
        if (response.closed() || response.ended()) {
            done.run();
        } else {
            response.write(bytes).onComplete(written -> done.run());
        }
    }

    /** Events have no answers; a peer that is gone ends the connection. */
    @Override
    public boolean answersPings() {
        return false;
    }

    @Override
    public void close(CloseCode code) {
        if (!response.ended() && !response.closed()) {
            response.end();
        }
    }
}
