package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.ingest.DeviceClient;
import io.sluice.local.ProductionSite;
import io.sluice.local.RunningSluice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The image as a cluster runs it: not as root, on a root file system that is read-only, stopped by SIGTERM. Run by
 * {@code src/image/check}, which builds it: {@code sluice.image} is its name and its arguments, {@code sluice.image.run}
 * what comes before the options of {@code run}, {@code sluice.image.grace} how long it may take to stop.
 */
@Tag("image")
class ImageIT {
    private static final String NAME =
            "sluice-image-it-" + ProcessHandle.current().pid();
    private static final Duration READY = Duration.ofSeconds(180);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.parse(System.getProperty("sluice.image.grace"));
    private static final String DEVICE = "boxed";

    @Test
    void runsReadOnlyAsNobodySpecialAndDrainsWhenItIsStopped() throws Exception {
        List<String> run = words("sluice.image.run");
        try (ProductionSite site = ProductionSite.start("image-it");
                RunningSluice sluice = site.runImage(
                        run,
                        words("sluice.image"),
                        NAME,
                        // Devices come without TLS: what is looked at is behind it.
                        Map.of("SLUICE_ALLOW_PLAINTEXT", "true", "SLUICE_KAFKA_PARTITIONS", "4"))) {
            long begun = System.nanoTime();
            sluice.awaitReady(READY, "https");
            System.out.println("ready after " + Duration.ofNanos(System.nanoTime() - begun));
            long process = Long.parseLong(inspect(run.get(0), "{{.State.Pid}}"));
            assertThat(inspect(run.get(0), "{{.HostConfig.ReadonlyRootfs}}")).isEqualTo("true");
            assertThat(userOf(process)).isNotZero();

            var answer = sluice.post("/api/devices", "{\"id\":\"" + DEVICE + "\"}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            String token =
                    new ObjectMapper().readTree(answer.body()).get("token").asText();
            DeviceClient client = DeviceClient.connect(sluice.port(), DEVICE, token, "?epoch=e", null);
            client.welcomed();
            SendingDevice device = new SendingDevice(client);
            await("flow").atMost(SOON).until(() -> device.acknowledged() > 200);
            await("rollups, so that the state store works, too")
                    .atMost(SOON)
                    .until(() -> !sluice.json("/api/rollups/latest?window=1s&devices=" + DEVICE)
                            .get("items")
                            .isEmpty());

            long stopped = System.nanoTime();
            sluice.terminate();
            assertThat(device.awaitClose()).isEqualTo(1012);
            assertThat(sluice.process().waitFor(GRACE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            System.out.println("stopped after " + Duration.ofNanos(System.nanoTime() - stopped));
            assertThat(sluice.process().exitValue()).isEqualTo(143);
            assertThat(device.reconnectAfterMs()).hasSize(1);
            List<Long> stored = StoredMessages.read(site.brokerAddress(), "readings", DEVICE::equals)
                    .numbers(DEVICE);
            assertThat(stored)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, device.acknowledged())
                            .boxed()
                            .toList());
        }
    }

    private static List<String> words(String property) {
        return List.of(System.getProperty(property).trim().split("\\s+"));
    }

    /** Its number on the host; a rootless engine maps it to another one, which is not root either. */
    private static long userOf(long process) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process), "status")).stream()
                .filter(line -> line.startsWith("Uid:"))
                .mapToLong(line -> Long.parseLong(line.split("\\s+")[1]))
                .findFirst()
                .orElseThrow();
    }

    private static String inspect(String engine, String format) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(engine, "inspect", "--format", format, NAME)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes()).trim();
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
