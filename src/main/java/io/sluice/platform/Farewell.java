package io.sluice.platform;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection: a close frame, the end of our half, and then the peer's end or that of our patience. A socket
 * that is closed while its peer still sends answers with a reset, which can overtake the close frame and what came before;
 * so after our half has ended the peer's is read on (RFC 6455 section 7.1.1).
 */
final class Farewell {
    private final ChannelHandlerContext ctx;
    private final ChannelFuture written;
    private boolean ended;

    /** @param abort when the peer has not ended the connection in time */
    Farewell(ChannelHandlerContext ctx, CloseWebSocketFrame frame, Duration patience, Runnable abort) {
        this.ctx = ctx;
        written = ctx.writeAndFlush(frame);
        ctx.executor().schedule(abort, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends our half behind the close frame. */
    void endOurHalf() {
        if (!ended) {
            ended = true;
            written.addListener(done -> endTls());
        }
    }

    private void endTls() {
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        if (tls == null) {
            endTcp();
        } else {
            tls.closeOutbound().addListener(done -> endTcp());
        }
    }

    private void endTcp() {
        if (ctx.channel() instanceof DuplexChannel channel) {
            channel.shutdownOutput();
        } else {
            ctx.close();
        }
    }
}
