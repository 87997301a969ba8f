package io.sluice.console;

import io.sluice.ingest.DeviceClient;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A device that measures five times a second whatever becomes of its connection, and sends again what was not
 * acknowledged (device protocol section 4).
 */
final class BufferingSensor implements AutoCloseable {
    static final int PER_SECOND = 5;
    private static final long PERIOD_MS = 1000 / PER_SECOND;
    /** A device is let in ten times a minute. */
    private static final long RECONNECT_MS = 7_000;

    private static final int WINDOW = 200;
    private static final Pattern ACK = Pattern.compile("\\{\"ack\":(\\d+)}");

    private final int port;
    private final String device;
    private final String token;
    private final String epoch = UUID.randomUUID().toString();
    private final long begun = System.currentTimeMillis() / 1000 * 1000;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Deque<String> unacknowledged = new ArrayDeque<>();
    private DeviceClient client;
    private long connectAt;
    private long measured;
    private long sent;
    private long acknowledged;

    BufferingSensor(int port, String device, String token) {
        this.port = port;
        this.device = device;
        this.token = token;
        clock.scheduleWithFixedDelay(this::run, 0, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    private void run() {
        while (begun + measured * PERIOD_MS <= System.currentTimeMillis()) {
            unacknowledged.add(reading(measured++));
        }
        try {
            connect();
            hear();
            send();
        } catch (CompletionException gone) {
            client = null;
        }
    }

    private void connect() {
        if ((client == null || client.closed.isDone()) && System.currentTimeMillis() >= connectAt) {
            connectAt = System.currentTimeMillis() + RECONNECT_MS;
            client = DeviceClient.connect(
                    port, device, token, "?epoch=" + epoch + "&next=" + (acknowledged + 1), "sluice.v1.senml+json");
            sent = acknowledged;
        }
    }

    private void hear() {
        while (client != null && !client.texts.isEmpty()) {
            Matcher ack = ACK.matcher(client.texts.remove());
            if (ack.matches()) {
                for (long to = Long.parseLong(ack.group(1)); acknowledged < to; acknowledged++) {
                    unacknowledged.remove();
                }
            }
        }
    }

    private void send() {
        if (client != null && !client.closed.isDone()) {
            unacknowledged.stream()
                    .skip(sent - acknowledged)
                    .limit(WINDOW - (sent - acknowledged))
                    .forEach(reading -> {
                        client.send(reading);
                        sent++;
                    });
        }
    }

    private String reading(long number) {
        return String.format(
                Locale.ROOT,
                "[{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":%.3f,\"t\":%.3f}]",
                20 + Math.sin(number / 5.0) * 4,
                (begun + number * PERIOD_MS) / 1000.0);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        if (client != null) {
            client.close();
        }
    }
}
