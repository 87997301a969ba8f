package io.sluice.platform;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * What one connection may take its time for, before it is a WebSocket. Vert.x knows an idle timeout only, which a peer that
 * sends an octet now and then never meets.
 *
 * <pre>
 * PENDING ──first head──▶ BODY ──its end──▶ ANSWERING ──answer──▶ SENDING ──in the socket──▶ BETWEEN ──next head──▶ BODY
 *                          └──────answered early──────▶ LINGERING
 * any ──upgrade──▶ FREE
 * </pre>
 *
 * Until the first request it is no part of the pipeline, because none exists where a connection could be met earlier;
 * {@link RequestDeadlines} looks at it from outside. Runs on the channel's event loop.
 */
final class RequestDeadline extends ChannelDuplexHandler {
    /** Why a connection is closed; also the value of the metric's label. */
    enum Overdue {
        HEAD,
        BODY,
        ANSWER,
        KEEP_ALIVE,
        LINGER
    }

    private static final String VERTX_HANDLER = "handler";
    private static final String HTTP_DECODER = "httpDecoder";

    private final HttpConfig config;
    private @Nullable ChannelHandlerContext ctx;
    private long sinceNanos;
    private int unanswered;
    private boolean bodyOpen;
    private boolean answerBegun;
    private boolean sending;
    private boolean requested;
    private boolean free;

    RequestDeadline(HttpConfig config, long nowNanos) {
        this.config = config;
        this.sinceNanos = nowNanos;
    }

    /** Whether no request has come yet. */
    boolean isPending() {
        return !requested && !free;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    /**
     * The connection's first request has come: from now on they are seen as they pass.
     *
     * @param hasBody whether its head says that more follows
     */
    void begin(Channel channel, boolean hasBody, long nowNanos) {
        requested = true;
        unanswered = 1;
        bodyOpen = hasBody;
        sinceNanos = nowNanos;
        channel.pipeline()
                .addBefore(VERTX_HANDLER, null, new RequestQueue(config.maxPipelined(), true))
                .addBefore(VERTX_HANDLER, null, this);
    }

    /** What is overdue; null where nothing is. */
    @Nullable
    Overdue overdue(Channel channel, long nowNanos) {
        if (free || isUpgraded(channel.pipeline())) {
            free = true;
            return null;
        }
        long elapsed = nowNanos - sinceNanos;
        if (!requested) {
            return elapsed > config.headTimeout().toNanos() ? Overdue.HEAD : null;
        }
        if (bodyOpen && unanswered == 0) {
            return elapsed > config.linger().toNanos() ? Overdue.LINGER : null;
        }
        if (bodyOpen) {
            return elapsed > config.bodyTimeout().toNanos() ? Overdue.BODY : null;
        }
        if (sending) {
            return elapsed > config.answerTimeout().toNanos() ? Overdue.ANSWER : null;
        }
        return unanswered == 0 && elapsed > config.keepAlive().toNanos() ? Overdue.KEEP_ALIVE : null;
    }

    /** Ends the connection, with 408 where the peer waits for an answer that has not begun. */
    void end(Channel channel, Overdue overdue) {
        free = true;
        if (overdue == Overdue.BODY && ctx != null && !answerBegun) {
            Problem problem = Problem.of(408, "the body was not complete in time");
            DefaultFullHttpResponse answer = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    HttpResponseStatus.REQUEST_TIMEOUT,
                    Unpooled.wrappedBuffer(problem.toBytes()));
            answer.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes())
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            ctx.writeAndFlush(answer).addListener(written -> channel.close());
        } else {
            channel.close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            unanswered++;
            bodyOpen = true;
            sinceNanos = System.nanoTime();
        }
        if (message instanceof LastHttpContent) {
            bodyOpen = false;
            sinceNanos = System.nanoTime();
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        ChannelPromise written = promise;
        if (message instanceof HttpResponse response && isInformational(response)) {
            if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
                free = true;
                context.pipeline().remove(this);
            }
        } else {
            answerBegun = true;
            if (message instanceof LastHttpContent) {
                answerBegun = false;
                unanswered = Math.max(0, unanswered - 1);
                sending = true;
                sinceNanos = System.nanoTime();
                written = promise.unvoid().addListener(inSocket -> {
                    sending = false;
                    sinceNanos = System.nanoTime();
                });
            }
        }
        context.write(message, written);
    }

    private static boolean isInformational(HttpResponse response) {
        return response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    /** A WebSocket's pipeline has lost the HTTP codec; one that is still in its TLS handshake has no handler yet. */
    private static boolean isUpgraded(ChannelPipeline pipeline) {
        return pipeline.context(VERTX_HANDLER) != null && pipeline.context(HTTP_DECODER) == null;
    }
}
