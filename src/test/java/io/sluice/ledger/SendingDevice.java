package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.AsyncApi;
import io.sluice.ingest.DeviceClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A device that sends as its window allows until the service closes, on a thread of its own, and keeps what it is told. */
final class SendingDevice {
    private static final int WINDOW = 32;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AsyncApi api;
    private final DeviceClient client;
    private final CompletableFuture<Void> end;
    private final List<Long> reconnectAfterMs = new ArrayList<>();
    private volatile long sent;
    private volatile long acknowledged;

    /** @param client welcomed already, numbering from 1 */
    SendingDevice(DeviceClient client) throws IOException {
        this.api = AsyncApi.read();
        this.client = client;
        this.end = CompletableFuture.runAsync(this::run, task -> {
            Thread thread = new Thread(task, "sending device");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private void run() {
        try {
            while (!client.closed.isDone()) {
                boolean mayDoMore = sent - acknowledged < WINDOW;
                String told = mayDoMore ? client.texts.poll() : client.texts.poll(50, TimeUnit.MILLISECONDS);
                if (told != null) {
                    hear(told);
                } else if (mayDoMore) {
                    sent++;
                    client.send("[{\"n\":\"n\",\"v\":" + sent + "}]");
                }
            }
        } catch (CompletionException closed) {
            // in the middle of sending
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void hear(String told) throws IOException {
        JsonNode frame = JSON.readTree(told);
        api.check("deviceFrame", frame);
        if (frame.has("ack")) {
            assertThat(frame.get("ack").asLong()).isGreaterThan(acknowledged).isLessThanOrEqualTo(sent);
            acknowledged = frame.get("ack").asLong();
        } else if (frame.has("goaway")) {
            reconnectAfterMs.add(frame.get("goaway").get("reconnectAfterMs").asLong());
        } else {
            assertThat(frame.has("slowdown")).as(told).isTrue();
        }
    }

    long sent() {
        return sent;
    }

    long acknowledged() {
        return acknowledged;
    }

    /** The code of the close frame, after everything before it was heard. */
    int awaitClose() throws IOException {
        int code = client.closeCode();
        end.join();
        for (String told = client.texts.poll(); told != null; told = client.texts.poll()) {
            hear(told);
        }
        return code;
    }

    /** As each {@code goaway} said. */
    List<Long> reconnectAfterMs() {
        return reconnectAfterMs;
    }
}
