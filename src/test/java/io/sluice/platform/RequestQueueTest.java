package io.sluice.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestQueueTest {
    private static final int MAX_WAITING = 3;

    private final List<String> passed = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new RequestQueue(MAX_WAITING, false), new Taker());
    private boolean answersAtOnce;

    @Test
    void aRequestPassesWithItsBody() {
        request("/1");
        channel.writeInbound(new DefaultHttpContent(Unpooled.EMPTY_BUFFER), LastHttpContent.EMPTY_LAST_CONTENT);
        assertThat(passed).containsExactly("/1", "content", "content");
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void theNextOneWaitsForTheAnswerUnread() {
        get("/1");
        get("/2");
        assertThat(passed).containsExactly("/1", "content");
        assertThat(channel.config().isAutoRead()).isFalse();

        answer();
        assertThat(passed).containsExactly("/1", "content", "/2", "content");
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void anAnswerThatIsNotInTheSocketYetIsNone() {
        get("/1");
        get("/2");
        channel.write(ok());
        assertThat(passed).containsExactly("/1", "content");

        channel.flush();
        assertThat(passed).contains("/2");
    }

    @Test
    void answersWithinTheHandlingKeepTheOrder() {
        get("/1");
        get("/2");
        get("/3");
        answersAtOnce = true;
        answer();
        assertThat(passed).containsExactly("/1", "content", "/2", "content", "/3", "content");
    }

    @Test
    void oneTooManyEndsTheConnection() {
        get("/0");
        for (int i = 1; i <= MAX_WAITING; i++) {
            get("/" + i);
        }
        assertThat(channel.isOpen()).isTrue();
        request("/surplus");
        assertThat(channel.isOpen()).isFalse();
    }

    /** Over TLS a close takes its time, and longer where the peer does not read. */
    @Test
    void nothingPassesBehindOneTooMany() {
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void close(ChannelHandlerContext context, ChannelPromise promise) {
                // later
            }
        });
        for (int i = 0; i <= MAX_WAITING + 1; i++) {
            request("/" + i);
        }
        ByteBuf body = Unpooled.buffer().writeByte(1);
        channel.writeInbound(new DefaultHttpContent(body));
        answer();
        assertThat(body.refCnt()).isZero();
        assertThat(passed).containsExactly("/0");
    }

    @Test
    void beingToldToGoOnIsNoAnswer() {
        request("/1");
        get("/2");
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        assertThat(passed).containsExactly("/1");

        answer();
        assertThat(passed).containsExactly("/1", "/2", "content");
    }

    @Test
    void theBoundIsOfThoseThatWaitNow() {
        get("/0");
        for (int i = 1; i <= 5 * MAX_WAITING; i++) {
            get("/" + i);
            answer();
        }
        assertThat(channel.isOpen()).isTrue();
        assertThat(passed).contains("/" + 5 * MAX_WAITING);
    }

    @Test
    void whatWaitsIsReleasedAtTheEnd() {
        get("/1");
        request("/2");
        ByteBuf body = Unpooled.buffer().writeByte(1);
        channel.writeInbound(new DefaultHttpContent(body));
        channel.close();
        assertThat(body.refCnt()).isZero();
    }

    @Test
    void anUpgradeTakesItOutOfThePipeline() {
        get("/1");
        switchProtocols();
        assertThat(channel.pipeline().get(RequestQueue.class)).isNull();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void octetsBehindAHandshakeBeforeItsAnswerEndTheConnection() {
        get("/1");
        get("/2");
        switchProtocols();
        assertThat(channel.isOpen()).isFalse();
    }

    private void get(String uri) {
        request(uri);
        channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private void request(String uri) {
        channel.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri));
    }

    private void answer() {
        channel.writeOutbound(ok());
    }

    private void switchProtocols() {
        channel.write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS));
    }

    private static DefaultFullHttpResponse ok() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    }

    /** Stands for Vert.x: notes what comes, and answers at the end of a request where it is told to. */
    private final class Taker extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            passed.add(message instanceof HttpRequest request ? request.uri() : "content");
            if (answersAtOnce && message instanceof LastHttpContent) {
                context.writeAndFlush(ok());
            }
        }
    }
}
