package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A browser's side of {@code /live}: reads as long as it is told to, keeps every frame. */
public final class LiveClient implements WebSocket.Listener, AutoCloseable {
    static final String ADMIN =
            "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;
    private volatile boolean reading = true;
    private volatile int closeCode;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    public LiveClient(URI uri) {
        this(uri, "Authorization", ADMIN);
    }

    /** With that header as its credential. */
    public LiveClient(URI uri, String header, String value) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header(header, value)
                .subprotocols("sluice.live.v1")
                .connectTimeout(Duration.ofSeconds(10))
                .buildAsync(uri, this)
                .join();
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    public void send(String frame) {
        socket.sendText(frame, true).join();
    }

    /** Takes nothing more off the socket. */
    void stopReading() {
        reading = false;
    }

    void readOn() {
        reading = true;
        socket.request(1);
    }

    /** The body of the next frame, which must be of that kind. */
    JsonNode next(String kind) {
        JsonNode frame = next();
        assertThat(frame.fieldNames().next()).as(frame.toString()).isEqualTo(kind);
        return frame.get(kind);
    }

    /** The next frame, whatever it is. */
    public JsonNode next() {
        try {
            JsonNode frame = frames.poll(10, TimeUnit.SECONDS);
            assertThat(frame).as("a frame").isNotNull();
            return frame;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All that came before the connection's end, for which it waits. */
    public List<JsonNode> untilItsEnd(Duration limit) {
        ended.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).join();
        return came();
    }

    /** All that has come and was not asked for yet. */
    public List<JsonNode> came() {
        List<JsonNode> all = new ArrayList<>();
        frames.drainTo(all);
        return all;
    }

    /** Items of the frames up to and including the first one that holds {@code text}. */
    List<JsonNode> itemsUntil(String text) {
        List<JsonNode> items = new ArrayList<>();
        while (true) {
            JsonNode update = next("update");
            update.get("items").forEach(items::add);
            if (update.toString().contains(text)) {
                return items;
            }
        }
    }

    int closeCode() {
        return closeCode;
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        webSocket.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            try {
                frames.add(JSON.readTree(partial.toString()));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
            partial.setLength(0);
        }
        if (reading) {
            webSocket.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode = statusCode;
        ended.complete(null);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        ended.complete(null);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
