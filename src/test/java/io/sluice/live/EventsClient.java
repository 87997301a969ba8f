package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A browser's side of {@code /live/events}: keeps every frame, and the last event's id. */
public final class EventsClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final Stream<String> lines;
    private final Thread reader = new Thread(this::read, "events");
    private volatile @Nullable String lastEventId;

    /** @param lastEventId of an earlier one, to go on behind it; null for none */
    public EventsClient(URI uri, String authorization, @Nullable String lastEventId)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Authorization", authorization);
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<Stream<String>> response =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        lines = response.body();
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try {
            lines.forEach(this::take);
        } catch (UncheckedIOException ended) {
            // by its service, or by close
        }
    }

    private void take(String line) {
        try {
            if (line.startsWith("data: ")) {
                frames.add(JSON.readTree(line.substring("data: ".length())));
            } else if (line.startsWith("id: ")) {
                lastEventId = line.substring("id: ".length());
            }
        } catch (IOException e) {
            throw new IllegalStateException(line, e);
        }
    }

    /** The next frame. */
    public JsonNode next() throws InterruptedException {
        JsonNode frame = frames.poll(10, TimeUnit.SECONDS);
        assertThat(frame).as("a frame").isNotNull();
        return frame;
    }

    /** All that has come and was not asked for yet. */
    public List<JsonNode> came() {
        List<JsonNode> all = new ArrayList<>();
        frames.drainTo(all);
        return all;
    }

    /** All that came before the connection's end, for which it waits. */
    public List<JsonNode> untilItsEnd(Duration limit) throws InterruptedException {
        reader.join(limit.toMillis());
        assertThat(reader.isAlive()).as("still open").isFalse();
        return came();
    }

    /** Null before the first. */
    public @Nullable String lastEventId() {
        return lastEventId;
    }

    @Override
    public void close() {
        lines.close();
    }
}
