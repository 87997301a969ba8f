package io.sluice.live;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;

/**
 * A WebSocket. Frames go to the Netty channel directly: the connection's own {@code sendText} takes a {@code String}, which
 * would be made from the shared bytes and turned into bytes again for every subscriber.
 */
final class SocketSink implements Sink {
    private final WebSocketConnection connection;
    private final Channel channel;

    SocketSink(WebSocketConnection connection, Channel channel) {
        this.connection = connection;
        this.channel = channel;
    }

    @Override
    public void send(Frame frame, Runnable done) {
        channel.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(frame.head(), frame.items(), frame.tail())))
                .addListener(written -> done.run());
    }

    @Override
    public void ping(Runnable done) {
        channel.writeAndFlush(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER)).addListener(written -> done.run());
    }

    @Override
    public boolean answersPings() {
        return true;
    }

    @Override
    public void close(CloseCode code) {
        connection
                .close(new CloseReason(code.code(), code.sentence()))
                .subscribe()
                .with(done -> {}, failure -> {});
    }
}
