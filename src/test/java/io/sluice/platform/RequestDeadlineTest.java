package io.sluice.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.sluice.platform.RequestDeadline.Overdue;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The clock is the argument: what is due in how long is asked, nothing waits. */
class RequestDeadlineTest {
    private static final HttpConfig CONFIG =
            new SmallRyeConfigBuilder().withMapping(HttpConfig.class).build().getConfigMapping(HttpConfig.class);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final long start = System.nanoTime();
    private final RequestDeadline deadline = new RequestDeadline(CONFIG, start);

    RequestDeadlineTest() {
        channel.pipeline().addLast("httpDecoder", new ChannelInboundHandlerAdapter());
        channel.pipeline().addLast("handler", new ChannelInboundHandlerAdapter());
    }

    @Test
    void theFirstHeadIsDueFromTheBeginning() {
        assertThat(overdueAfter(CONFIG.headTimeout())).isNull();
        assertThat(overdueAfter(CONFIG.headTimeout().plusMillis(1))).isEqualTo(Overdue.HEAD);
    }

    @Test
    void aBodyIsDueAndItsAbsenceAnswered() {
        deadline.begin(channel, true, start);
        assertThat(overdueAfter(CONFIG.bodyTimeout())).isNull();
        assertThat(overdueAfter(CONFIG.bodyTimeout().plusMillis(1))).isEqualTo(Overdue.BODY);

        deadline.end(channel, Overdue.BODY);
        HttpResponse answer = channel.readOutbound();
        assertThat(answer.status()).isEqualTo(HttpResponseStatus.REQUEST_TIMEOUT);
        assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void anAnswerMayTakeItsTime() {
        deadline.begin(channel, true, start);
        channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
        assertThat(overdueAfter(Duration.ofHours(1))).isNull();
    }

    @Test
    void anAnswerIsDueInTheSocket() {
        deadline.begin(channel, false, start);
        channel.write(ok());
        assertThat(overdueAfter(CONFIG.answerTimeout())).isNull();
        assertThat(overdueAfter(CONFIG.answerTimeout().plusMinutes(1))).isEqualTo(Overdue.ANSWER);

        channel.flush();
        assertThat(overdueAfter(CONFIG.answerTimeout().plusMinutes(1))).isEqualTo(Overdue.KEEP_ALIVE);
    }

    @Test
    void theNextHeadIsDueAfterAnAnswer() {
        deadline.begin(channel, false, start);
        channel.writeOutbound(ok());
        assertThat(overdueAfter(CONFIG.keepAlive().plusMinutes(1))).isEqualTo(Overdue.KEEP_ALIVE);

        channel.writeInbound(get());
        assertThat(overdueAfter(CONFIG.bodyTimeout().plusMinutes(1))).isEqualTo(Overdue.BODY);
    }

    @Test
    void theRestOfARequestThatWasAnsweredEarlyIsReadForAMoment() {
        deadline.begin(channel, true, start);
        channel.writeOutbound(ok());
        assertThat(overdueAfter(CONFIG.linger())).isNull();
        assertThat(overdueAfter(CONFIG.linger().plusMinutes(1))).isEqualTo(Overdue.LINGER);

        deadline.end(channel, Overdue.LINGER);
        channel.<HttpResponse>readOutbound();
        assertThat(channel.<Object>readOutbound()).isNull();
    }

    @Test
    void anUpgradedConnectionIsFree() {
        deadline.begin(channel, false, start);
        channel.writeOutbound(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS));
        assertThat(overdueAfter(Duration.ofDays(1))).isNull();
        assertThat(channel.pipeline().get(RequestDeadline.class)).isNull();
    }

    @Test
    void oneWithoutAnHttpCodecIsFreeToo() {
        channel.pipeline().remove("httpDecoder");
        assertThat(overdueAfter(Duration.ofDays(1))).isNull();
    }

    private @Nullable Overdue overdueAfter(Duration elapsed) {
        return deadline.overdue(channel, start + elapsed.toNanos());
    }

    private static HttpRequest get() {
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    }

    private static DefaultFullHttpResponse ok() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    }
}
