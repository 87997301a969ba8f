package io.sluice.console;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A device that sends a temperature five times a second, as any stock WebSocket client would. */
final class OneSensor implements AutoCloseable {
    static final int PER_SECOND = 5;
    private static final long PERIOD_MS = 1000 / PER_SECOND;

    private final long begun = System.currentTimeMillis();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger sent = new AtomicInteger();
    private final WebSocket socket;

    OneSensor(URI service, String device, String token) {
        String credential = Base64.getEncoder().encodeToString((device + ":" + token).getBytes(StandardCharsets.UTF_8));
        socket = client.newWebSocketBuilder()
                .header("Authorization", "Basic " + credential)
                .subprotocols("sluice.v1.senml+json")
                .buildAsync(URI.create("ws://" + service.getAuthority() + "/ingest"), new Listener())
                .join();
        clock.scheduleAtFixedRate(this::send, 0, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    /** The times are the device's own and five in each second, also where this process was held up. */
    private void send() {
        int number = sent.getAndIncrement();
        double value = 20 + Math.sin(number / 5.0) * 4;
        String reading = String.format(
                Locale.ROOT,
                "[{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":%.3f,\"t\":%.3f}]",
                value,
                (begun + number * PERIOD_MS) / 1000.0);
        socket.sendText(reading, true).join();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        socket.abort();
    }

    /** Reads what comes and leaves it. */
    private static final class Listener implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            from.request(1);
            return null;
        }
    }
}
