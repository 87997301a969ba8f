package io.sluice.bench;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Devices that each send a message at fixed moments, whether or not those before are acknowledged, until the process is ended.
 * Arguments: address, messages a second of all, readings of a message, seed, and a credential for each device.
 */
final class SteadyLoad extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final int FIXED_ARGUMENTS = 4;
    private static final int MAX_FRAME = 65_536;

    private final Messages messages;
    private final CompletableFuture<ChannelHandlerContext> open = new CompletableFuture<>();
    private long sent;

    private SteadyLoad(Messages messages) {
        this.messages = messages;
    }

    public static void main(String[] arguments) throws Exception {
        long messagesPerSecond = Long.parseLong(arguments[1]);
        Random random = new Random(Long.parseLong(arguments[3]));
        Messages messages = Messages.ofNow(Integer.parseInt(arguments[2]), random);
        List<String> credentials = Arrays.asList(arguments).subList(FIXED_ARGUMENTS, arguments.length);
        EventLoopGroup loops = new NioEventLoopGroup(1);
        long periodNanos = TimeUnit.SECONDS.toNanos(1) * credentials.size() / messagesPerSecond;
        for (String credential : credentials) {
            SteadyLoad device = new SteadyLoad(messages);
            new Socket(arguments[0], "/ingest", "sluice.v1.senml+json", credential, MAX_FRAME)
                    .open(loops, device, device.open::completeExceptionally);
            ChannelHandlerContext ctx = device.open.get(30, TimeUnit.SECONDS);
            // Spread over the period, so that the load is even.
            ctx.executor()
                    .scheduleAtFixedRate(
                            () -> device.send(ctx), random.nextLong(periodNanos), periodNanos, TimeUnit.NANOSECONDS);
        }
        System.out.println("sluice-ready " + arguments[0]);
    }

    private void send(ChannelHandlerContext ctx) {
        // Past the encoder: these are frames already.
        ctx.writeAndFlush(messages.frame(++sent), ctx.voidPromise());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        String text = frame.content().toString(StandardCharsets.UTF_8);
        if (!text.startsWith("{\"ack\"") && !text.startsWith("{\"welcome\"")) {
            end("instead of an acknowledgement: " + text);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            open.complete(ctx);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end("the server closed a connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(cause.toString());
    }

    /** A load that is less than it should be measures nothing. */
    private static void end(String why) {
        System.err.println(why);
        System.exit(1);
    }
}
