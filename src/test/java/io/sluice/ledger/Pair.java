package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.ingest.DeviceClient;
import io.sluice.ingest.RawSocket;
import io.sluice.local.ProductionSite;
import io.sluice.local.RunningSluice;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Two services on the same servers: {@code a} takes devices and nothing else; {@code b} takes devices, too, makes the
 * rollups and shows them. Devices come without TLS: what is looked at is behind it.
 */
final class Pair implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration READY = Duration.ofSeconds(180);

    private final ProductionSite site;
    private final RunningSluice b;
    private RunningSluice a;

    /** Both services know it. */
    record Device(String id, String token) {
        DeviceClient connect(RunningSluice service, String query) {
            return DeviceClient.connect(service.port(), id, token, query, null);
        }

        String handshake() {
            return RawSocket.handshakeOf(DeviceClient.basic(id, token), "");
        }
    }

    private Pair(ProductionSite site, RunningSluice a, RunningSluice b) {
        this.site = site;
        this.a = a;
        this.b = b;
    }

    /** Both at once: neither finds topics, tables or an administrator. */
    static Pair start(String name) throws Exception {
        ProductionSite site = ProductionSite.start(name);
        try {
            Pair pair = new Pair(site, site.run(environment("ingest")), site.run(environment("ingest,rollup,live")));
            try {
                pair.awaitReady();
                return pair;
            } catch (Throwable e) {
                pair.close();
                throw e;
            }
        } catch (Throwable e) {
            site.close();
            throw e;
        }
    }

    private static Map<String, String> environment(String roles) {
        Map<String, String> environment = new HashMap<>();
        environment.put("SLUICE_ROLES", roles);
        environment.put("SLUICE_ALLOW_PLAINTEXT", "true");
        environment.put("SLUICE_KAFKA_PARTITIONS", "4");
        environment.put("SLUICE_INGEST_LEASE", LEASE.toString());
        // Tests come back more often than devices.
        environment.put("SLUICE_INGEST_DEVICE_ATTEMPTS_PER_MINUTE", "100000");
        environment.put("SLUICE_INGEST_FAILED_ATTEMPTS_PER_MINUTE", "100000");
        return environment;
    }

    private void awaitReady() {
        a.awaitReady(READY, "https");
        b.awaitReady(READY, "https");
    }

    /** What a test before has ended runs again. */
    void awaitBoth() throws IOException {
        if (!a.process().isAlive()) {
            a = a.startAgain();
        }
        awaitReady();
    }

    RunningSluice a() {
        return a;
    }

    RunningSluice b() {
        return b;
    }

    ProductionSite site() {
        return site;
    }

    String broker() {
        return site.brokerAddress();
    }

    Device device(String id) throws IOException, InterruptedException {
        var answer = b.post("/api/devices", "{\"id\":\"" + id + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        Device device = new Device(
                id, new ObjectMapper().readTree(answer.body()).get("token").asText());
        // The one that made it knows it at once, the other one soon.
        await(id + " is known")
                .atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> {
                    device.connect(a, "").close();
                    return true;
                });
        return device;
    }

    /** SIGTERM. Answers how long it took from then to the end, which must be the one that SIGTERM brings. */
    Duration awaitEndOfA(long sinceNanos, Duration limit) throws InterruptedException {
        assertThat(a.process().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                .as("its end within %s", limit)
                .isTrue();
        assertThat(a.process().exitValue()).isEqualTo(143);
        return Duration.ofNanos(System.nanoTime() - sinceNanos);
    }

    @Override
    public void close() throws IOException {
        try (site;
                b) {
            a.close();
        }
    }
}
