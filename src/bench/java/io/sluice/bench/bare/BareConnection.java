package io.sluice.bench.bare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One connection. Its key in the log is its own port, as good as a device's name. All of a key go to one partition and come
 * back in order, so a count is a cumulative acknowledgement.
 */
final class BareConnection extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private static final JsonFactory JSON = new JsonFactory();

    private final Sink sink;
    private final Receipts receipts;
    private ChannelHandlerContext context;
    private byte[] key;
    private long durable;
    /** What was parsed goes somewhere, so that the compiler cannot leave it out. */
    private double sum;

    private int characters;

    // The context and the key come with the channel, before any message.
    @SuppressWarnings("NullAway.Init")
    BareConnection(Sink sink, Receipts receipts) {
        this.sink = sink;
        this.receipts = receipts;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        key = ctx.channel().remoteAddress().toString().getBytes(StandardCharsets.UTF_8);
        ctx.fireChannelActive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) throws IOException {
        ByteBuf content = frame.content();
        byte[] message = ByteBufUtil.getBytes(content);
        parse(message);
        sink.store(this, key, message);
    }

    /** On any thread. @param failure null where the message is durable */
    void stored(@Nullable Exception failure) {
        if (failure == null) {
            receipts.add(this);
        } else {
            System.err.println(failure);
            context.close();
        }
    }

    private void parse(byte[] message) throws IOException {
        try (JsonParser parser = JSON.createParser(message)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    characters += parser.getText().length();
                } else if (token.isNumeric()) {
                    sum += parser.getDoubleValue();
                }
            }
        }
    }

    void durable() {
        durable++;
    }

    void acknowledge() {
        byte[] ack = ("{\"ack\":" + durable + "}").getBytes(StandardCharsets.ISO_8859_1);
        context.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(ack)), context.voidPromise());
    }
}
