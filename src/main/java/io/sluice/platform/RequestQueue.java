package io.sluice.platform;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets one request of a connection at a time through to Vert.x, the next one when the answer before it is in the socket.
 * Vert.x itself queues pipelined requests without a bound, and goes on answering a peer that reads no answer.
 *
 * <p>While a request waits the socket is not read. What one read brought at once may be more: beyond {@code maxWaiting}
 * requests the connection is closed (a peer that pipelines has to be ready for that, RFC 9112 section 9.3.2). Runs on the
 * channel's event loop.
 */
final class RequestQueue extends ChannelDuplexHandler {
    private final int maxWaiting;
    private final Deque<Object> waiting = new ArrayDeque<>();
    private int waitingRequests;
    private boolean answering;
    private boolean passing;
    private boolean closing;

    /** @param answering whether a request has already passed whose answer is to come */
    RequestQueue(int maxWaiting, boolean answering) {
        this.maxWaiting = maxWaiting;
        this.answering = answering;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
            return;
        }
        boolean behind = !waiting.isEmpty() || answering && message instanceof HttpRequest;
        if (behind) {
            hold(context, message);
        } else {
            pass(context, message);
        }
    }

    private void hold(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest && waitingRequests == maxWaiting) {
            closing = true;
            ReferenceCountUtil.release(message);
            release();
            context.close();
            return;
        }
        waitingRequests += message instanceof HttpRequest ? 1 : 0;
        waiting.add(message);
        context.channel().config().setAutoRead(false);
    }

    private void pass(ChannelHandlerContext context, Object message) {
        answering |= message instanceof HttpRequest;
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        ChannelPromise written = promise;
        if (message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            // No answer yet, though its end is in the same object.
            if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
                context.pipeline().remove(this);
            }
        } else if (message instanceof LastHttpContent) {
            written = promise.unvoid().addListener(inSocket -> {
                if (inSocket.isSuccess()) {
                    answered(context);
                }
            });
        }
        context.write(message, written);
    }

    private void answered(ChannelHandlerContext context) {
        answering = false;
        // An answer may be in the socket before the request's handling returns: then the loop below goes on by itself.
        if (waiting.isEmpty() || passing) {
            return;
        }
        passing = true;
        while (!waiting.isEmpty() && !(answering && waiting.peek() instanceof HttpRequest)) {
            Object next = waiting.remove();
            waitingRequests -= next instanceof HttpRequest ? 1 : 0;
            if (waiting.isEmpty()) {
                // Before it is passed on, because Vert.x may stop the reading for it.
                context.channel().config().setAutoRead(true);
            }
            pass(context, next);
        }
        passing = false;
        // Vert.x flushes its answers then, not before.
        context.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        release();
        context.fireChannelInactive();
    }

    /** At an upgrade nothing may wait: a client sends nothing before the handshake's answer (RFC 6455 section 4.1). */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (!waiting.isEmpty()) {
            release();
            // Not within the upgrade, whose code expects an open connection.
            context.channel().eventLoop().execute(context.channel()::close);
        }
    }

    private void release() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }
}
