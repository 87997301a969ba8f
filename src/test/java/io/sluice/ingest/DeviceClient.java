package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A device with the JDK's WebSocket client. */
public final class DeviceClient implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern WELCOME = Pattern.compile("\\{\"welcome\":.*\"session\":\"([^\"]*)\".*");

    public final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    final BlockingQueue<byte[]> binaries = new LinkedBlockingQueue<>();
    public final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private WebSocket socket;

    public static String basic(String device, String token) {
        return "Basic " + Base64.getEncoder().encodeToString((device + ":" + token).getBytes(StandardCharsets.UTF_8));
    }

    public static DeviceClient connect(
            int port, String device, String token, String query, @Nullable String subprotocol) {
        return connecting(port, device, token, query, subprotocol).join();
    }

    public static CompletableFuture<DeviceClient> connecting(
            int port, String device, String token, String query, @Nullable String subprotocol) {
        DeviceClient client = new DeviceClient();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder()
                .header("Authorization", basic(device, token))
                .connectTimeout(Duration.ofSeconds(5));
        if (subprotocol != null) {
            builder.subprotocols(subprotocol);
        }
        return builder.buildAsync(URI.create("ws://localhost:" + port + "/ingest" + query), client)
                .thenApply(socket -> {
                    client.socket = socket;
                    return client;
                });
    }

    /** With what the client's TLS brings as the only credential. */
    static CompletableFuture<DeviceClient> connecting(HttpClient http, URI uri) {
        DeviceClient client = new DeviceClient();
        return http.newWebSocketBuilder().buildAsync(uri, client).thenApply(socket -> {
            client.socket = socket;
            return client;
        });
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    public void send(String message) {
        socket.sendText(message, true).join();
    }

    void send(byte[] message) {
        socket.sendBinary(ByteBuffer.wrap(message), true).join();
    }

    void sendPart(String part, boolean last) {
        socket.sendText(part, last).join();
    }

    /** Sends without waiting: the server may close in the middle of it. */
    void startPart(String part, boolean last) {
        socket.sendText(part, last);
    }

    /** The session that the welcome names; it must be the next frame. */
    public String welcomed() {
        Matcher welcome = WELCOME.matcher(nextText());
        assertThat(welcome.matches()).isTrue();
        return welcome.group(1);
    }

    public String nextText() {
        return next(texts);
    }

    byte[] nextBinary() {
        return next(binaries);
    }

    public int closeCode() {
        return closeCode(Duration.ofSeconds(10));
    }

    public int closeCode(Duration limit) {
        try {
            return closed.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new AssertionError("not closed; received " + texts, e);
        }
    }

    private static <T> T next(BlockingQueue<T> queue) {
        try {
            T next = queue.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("a frame within 10 s").isNotNull();
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            texts.add(text.toString());
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        binaries.add(bytes);
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(1000, "").join();
        }
    }
}
