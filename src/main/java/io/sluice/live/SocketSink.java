package io.sluice.live;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.sluice.platform.GuardedWebSocket;

/**
 * A WebSocket. Frames go to the Netty channel directly: the connection's own {@code sendText} takes a {@code String}, which
 * would be made from the shared bytes and turned into bytes again for every subscriber. Everything happens on the
 * channel's event loop, in the order of the calls, so nothing follows a close frame.
 */
final class SocketSink implements Sink {
    private final Channel channel;
    private final GuardedWebSocket socket;

    SocketSink(Channel channel, GuardedWebSocket socket) {
        this.channel = channel;
        this.socket = socket;
    }

    @Override
    public void send(Frame frame, Runnable done) {
        write(new TextWebSocketFrame(Unpooled.wrappedBuffer(frame.head(), frame.items(), frame.tail())), done);
    }

    @Override
    public void ping(Runnable done) {
        write(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER), done);
    }

    private void write(WebSocketFrame frame, Runnable done) {
        channel.eventLoop().execute(() -> {
            if (socket.isOpen()) {
                channel.writeAndFlush(frame).addListener(written -> done.run());
            } else {
                frame.release();
                done.run();
            }
        });
    }

    @Override
    public boolean answersPings() {
        return true;
    }

    @Override
    public void tick() {
        channel.eventLoop().execute(() -> socket.tick(System.nanoTime()));
    }

    @Override
    public void close(CloseCode code) {
        channel.eventLoop().execute(() -> socket.close(code.code(), code.sentence()));
    }
}
