package io.sluice.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import java.net.URI;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client's WebSocket that is to be opened.
 *
 * @param address host and port
 * @param isSecure whether it is opened over TLS
 * @param authorization null to say nothing
 * @param maxFrame octets that the client takes
 */
record Socket(
        String address,
        boolean isSecure,
        String path,
        String subprotocol,
        @Nullable String authorization,
        int maxFrame) {
    private static final int MAX_ANSWER = 65_536;
    private static final int MAX_CONTROL_FRAME = 65_536;
    private static final int MAX_LIVE_FRAME = 1 << 20;

    /** A device's. The subprotocol says how the server speaks, and only that. */
    static Socket ingest(String address, @Nullable String authorization) {
        return new Socket(address, false, "/ingest", "sluice.v1.senml+json", authorization, MAX_CONTROL_FRAME);
    }

    /** An operator's. */
    static Socket live(String address, String authorization) {
        return new Socket(address, false, "/live", "sluice.live.v1", authorization, MAX_LIVE_FRAME);
    }

    Socket overTls() {
        return new Socket(address, true, path, subprotocol, authorization, maxFrame);
    }

    /** @param failed hears where there is no connection at all; of all else {@code handler} does */
    void open(EventLoopGroup loops, ChannelHandler handler, Consumer<Throwable> failed) {
        HttpHeaders headers = new DefaultHttpHeaders();
        if (authorization != null) {
            headers.add(HttpHeaderNames.AUTHORIZATION, authorization);
        }
        URI uri = URI.create((isSecure ? "wss://" : "ws://") + address + path);
        WebSocketClientProtocolConfig handshake = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(uri)
                .subprotocol(subprotocol)
                .customHeaders(headers)
                .maxFramePayloadLength(maxFrame)
                .withUTF8Validator(false)
                .build();
        new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (isSecure) {
                            // Without the peer's name, so that no session is resumed: each handshake is a whole one.
                            channel.pipeline().addLast(ClientTls.CONTEXT.newHandler(channel.alloc()));
                        }
                        channel.pipeline()
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(MAX_ANSWER))
                                .addLast(new WebSocketClientProtocolHandler(handshake))
                                .addLast(handler);
                    }
                })
                .connect(uri.getHost(), uri.getPort())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        failed.accept(connected.cause());
                    }
                });
    }
}
