package io.sluice.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** One subscriber of {@code /live}, who notes of each mark when the first frame showed it or a later one of its window. */
final class Watch extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KEPT_WINDOWS = 64;

    private final String subscribe;
    private final Marks marks;
    private final Histogram delays = new Histogram(3);
    private final Map<Long, Integer> nextOfWindow = new HashMap<>();
    private final CompletableFuture<Watch> open = new CompletableFuture<>();

    private Watch(String subscribe, Marks marks) {
        this.subscribe = subscribe;
        this.marks = marks;
    }

    /** @param filter members of {@code subscribe} */
    static Watch open(EventLoopGroup loops, Server server, String filter, int maxHz, Marks marks) throws Exception {
        Watch watch = new Watch(
                "{\"subscribe\":{\"id\":1,\"channel\":\"rollups\",\"window\":\"1s\",\"maxHz\":" + maxHz
                        + ",\"metrics\":[\"" + Messages.MARK.name() + "\"]," + filter + "}}",
                marks);
        Socket.live(server.address(), SluiceServer.AUTHORIZATION).open(loops, watch, watch.open::completeExceptionally);
        return watch.open.get(30, TimeUnit.SECONDS);
    }

    /** From due to seen, in µs; after the end. */
    Histogram delays() {
        return delays;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) throws IOException {
        long now = System.nanoTime();
        JsonNode read = JSON.readTree(frame.content().toString(java.nio.charset.StandardCharsets.UTF_8));
        String kind = read.fieldNames().next();
        switch (kind) {
            case "welcome" -> ctx.writeAndFlush(new TextWebSocketFrame(subscribe));
            case "snapshot", "update" -> {
                read.get(kind)
                        .get("items")
                        .forEach(item -> saw(
                                item.get("start").longValue(), item.get("last").intValue(), now));
                open.complete(this);
            }
            default -> throw new IOException("instead of an update: " + read);
        }
    }

    private void saw(long window, int last, long now) {
        int mark = nextOfWindow.getOrDefault(window, marks.firstOf(window));
        for (; mark <= last; mark++) {
            if (marks.isMeasured(mark)) {
                delays.recordValue((now - marks.due(mark)) / 1_000);
            }
        }
        nextOfWindow.put(window, mark);
        if (nextOfWindow.size() > KEPT_WINDOWS) {
            nextOfWindow.keySet().removeIf(old -> old < window - KEPT_WINDOWS / 2 * Marks.WINDOW_MILLIS);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        System.err.println("a subscriber failed: " + cause);
        open.completeExceptionally(cause);
        ctx.close();
    }
}
