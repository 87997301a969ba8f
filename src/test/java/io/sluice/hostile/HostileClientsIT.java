package io.sluice.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.ingest.DeviceClient;
import io.sluice.local.ProductionSite;
import io.sluice.local.RunningSluice;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A service with a heap of 256 MB goes on serving a device in time while a thousand connections try what they can, over
 * TLS's port and the plain one; it stays within its memory, and its log stays quiet.
 */
@Tag("slow")
class HostileClientsIT {
    private static final Duration READY = Duration.ofSeconds(120);
    private static final Duration LENGTH = Duration.ofSeconds(25);
    private static final String GOOD = "good";
    private static final int CROWD = 500;
    private static final long MOST_RESIDENT_BYTES = 450L << 20;

    private static final Map<String, String> TOKENS = new HashMap<>();

    private static ProductionSite site;
    private static RunningSluice service;

    @BeforeAll
    static void start() throws Exception {
        site = ProductionSite.start("hostile-it");
        try (RunningSluice registry = site.run(Map.of("SLUICE_ROLES", "live", "SLUICE_ALLOW_PLAINTEXT", "true"))) {
            registry.awaitReady(READY, "https");
            create(registry, GOOD);
            for (Hostility.OfDevice hostility : Hostility.OfDevice.values()) {
                create(registry, bad(hostility));
            }
        }
        service = site.run(Map.of(
                "SLUICE_ROLES", "ingest",
                "SLUICE_ALLOW_PLAINTEXT", "true",
                "SLUICE_INGEST_DEVICE_ATTEMPTS_PER_MINUTE", "1000",
                "SLUICE_HTTP_HEAD_TIMEOUT", "3s",
                "SLUICE_HTTP_BODY_TIMEOUT", "3s"));
        service.awaitReady(READY, "https");
    }

    private static void create(RunningSluice registry, String device) throws IOException, InterruptedException {
        JsonNode answer = new ObjectMapper()
                .readTree(registry.post("/api/devices", "{\"id\":\"" + device + "\"}")
                        .body());
        TOKENS.put(device, answer.get("token").asText());
    }

    private static String bad(Hostility.OfDevice hostility) {
        return "bad-" + hostility.ordinal();
    }

    @AfterAll
    static void stop() throws IOException {
        try {
            service.close();
        } finally {
            site.close();
        }
    }

    @Test
    void aGoodDeviceIsServedWhateverOthersDo() throws Exception {
        long seed = Long.getLong("sluice.test.seed", System.nanoTime());
        System.out.println("sluice.test.seed=" + seed);
        try (HostileCrowd plain = new HostileCrowd(service.port(), seed);
                HostileCrowd secure = new HostileCrowd(service.securePort(), seed + 1);
                DeviceClient good = DeviceClient.connect(service.port(), GOOD, TOKENS.get(GOOD), "", null)) {
            good.welcomed();
            for (Hostility hostility : Hostility.values()) {
                plain.join(CROWD / Hostility.values().length, hostility);
                secure.join(CROWD / Hostility.values().length, hostility);
            }
            for (Hostility.OfDevice hostility : Hostility.OfDevice.values()) {
                plain.join(bad(hostility), TOKENS.get(bad(hostility)), hostility);
            }
            plain.start();
            secure.start();

            long slowestMs = 0;
            long end = System.nanoTime() + LENGTH.toNanos();
            int sent = 0;
            while (System.nanoTime() < end) {
                long began = System.nanoTime();
                good.send("[{\"n\":\"temperature\",\"v\":" + sent + "}]");
                sent++;
                assertThat(good.texts.poll(10, TimeUnit.SECONDS)).isEqualTo("{\"ack\":" + sent + "}");
                slowestMs = Math.max(slowestMs, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
            }
            System.out.printf(
                    "%d acknowledged, the slowest after %d ms; cut off %d plain, %d on the TLS port; %d MiB%n",
                    sent, slowestMs, plain.cutOff(), secure.cutOff(), service.peakResidentBytes() >> 20);
            assertThat(plain.cutOff()).isGreaterThan(CROWD);
            assertThat(secure.cutOff()).isGreaterThan(CROWD);
            assertThat(slowestMs).isLessThan(8_000);
        }
        assertThat(service.peakResidentBytes()).isLessThan(MOST_RESIDENT_BYTES);
        assertLogQuiet();
    }

    private static void assertLogQuiet() throws IOException {
        List<String> lines = service.output().lines().toList();
        assertThat(lines).noneMatch(line -> line.startsWith("\tat "));
        assertThat(lines).noneMatch(line -> line.contains("OutOfMemoryError"));
        assertThat(lines).hasSizeLessThan(200);
    }
}
