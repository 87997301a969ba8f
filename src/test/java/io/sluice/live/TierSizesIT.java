package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.local.DevicesSim;
import io.sluice.local.ProductionSite;
import io.sluice.local.RunningSluice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a pod of each tier takes: the image three times, each with one role and the memory that the manifests give it, under
 * one fleet over TLS and with subscribers. The figures are printed, as rows of the table in {@code docs/kubernetes.md}; run by
 * {@code src/image/sizes}, which knows the image, the engine and the load.
 */
@Tag("measurement")
class TierSizesIT {
    private static final Duration READY = Duration.ofSeconds(180);
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("sluice.sizes.warm-up", 30));
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("sluice.sizes.seconds", 60));
    private static final int DEVICES = Integer.getInteger("sluice.sizes.devices", 500);
    private static final int READINGS_PER_SECOND = Integer.getInteger("sluice.sizes.readings", 20_000);
    private static final int SUBSCRIBERS = Integer.getInteger("sluice.sizes.subscribers", 300);
    private static final int BATCH = 10;
    private static final int HZ = 4;
    private static final String CREDENTIAL = "Basic "
            + Base64.getEncoder().encodeToString(("admin:" + ProductionSite.PASSWORD).getBytes(StandardCharsets.UTF_8));

    /** A tier's container, and the service's process in it as the host sees it. */
    private record Tier(String name, String memory, RunningSluice service, String container) {
        ProcessHandle process() throws Exception {
            Process inspect = new ProcessBuilder(engine().get(0), "inspect", "--format", "{{.State.Pid}}", container)
                    .redirectErrorStream(true)
                    .start();
            String pid = new String(inspect.getInputStream().readAllBytes()).trim();
            assertThat(inspect.waitFor()).as(pid).isZero();
            return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        }
    }

    @Test
    void eachTierUnderLoad() throws Exception {
        try (ProductionSite site = ProductionSite.start("tier-sizes-it")) {
            List<Tier> tiers = new ArrayList<>();
            try {
                tiers.add(start(site, "live"));
                tiers.add(start(site, "ingest"));
                tiers.add(start(site, "rollup"));
                DevicesSim simulator = DevicesSim.of(site);
                simulator.provision(
                        tiers.get(0).service(),
                        List.of("--devices", Integer.toString(DEVICES), "--readings-per-second", "10000"));
                RunningSluice ingest = tiers.get(1).service();
                simulator.awaitKnown(ingest);
                measure(tiers, simulator, ingest.url("wss", "/ingest"));
            } finally {
                for (Tier tier : tiers) {
                    tier.service().close();
                }
            }
        }
    }

    private static void measure(List<Tier> tiers, DevicesSim simulator, String url) throws Exception {
        double rate = (double) READINGS_PER_SECOND / DEVICES;
        List<String> run = List.of(
                "run",
                "--devices",
                Integer.toString(DEVICES),
                "--rate",
                Double.toString(rate),
                "--batch",
                Integer.toString(BATCH),
                "--ramp",
                "200");
        int port = tiers.get(0).service().port();
        try (DevicesSim.Fleet fleet = simulator.fleet("sizes", url, run);
                LiveCrowd crowd = new LiveCrowd(port, CREDENTIAL)) {
            await("all devices")
                    .atMost(Duration.ofSeconds(120))
                    .until(() -> fleet.progress().online() == DEVICES);
            subscribe(tiers.get(0).service(), crowd);
            fleet.runOn(WARM_UP);
            Map<Tier, Duration> before = cpu(tiers);
            long acknowledged = fleet.progress().acknowledged();
            long began = System.nanoTime();
            fleet.runOn(MEASURED);
            double seconds = (System.nanoTime() - began) / 1e9;
            Map<Tier, Duration> after = cpu(tiers);
            System.out.printf(
                    Locale.ROOT,
                    "%,d connections, %,.0f readings/s acknowledged in messages of %d; %d subscribers at %d Hz; %.0f s%n",
                    fleet.progress().online(),
                    (fleet.progress().acknowledged() - acknowledged) * BATCH / seconds,
                    BATCH,
                    SUBSCRIBERS,
                    HZ,
                    seconds);
            for (Tier tier : tiers) {
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %d | %.2f |%n",
                        tier.name(),
                        tier.memory(),
                        peakResidentMebibytes(tier.process()),
                        after.get(tier).minus(before.get(tier)).toMillis() / 1e3 / seconds);
            }
        }
    }

    private static void subscribe(RunningSluice live, LiveCrowd crowd) throws Exception {
        // A password that was verified is known for a minute; of hundreds at once most would be sent away.
        assertThat(live.get("https", "/api/groups").statusCode()).isEqualTo(200);
        List<String> devices = new ArrayList<>();
        live.json("/api/devices?limit=" + Math.min(DEVICES, 1_000))
                .path("items")
                .forEach(device -> devices.add(device.path("id").asText()));
        List<LiveCrowd.Member> members = new ArrayList<>();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            members.add(crowd.join(
                    "{\"subscribe\":{\"id\":1,\"channel\":\"rollups\",\"window\":\"1s\",\"maxHz\":" + HZ
                            + ",\"devices\":[\"" + devices.get(i % devices.size()) + "\"]}}",
                    0));
        }
        await("all subscribers")
                .atMost(Duration.ofSeconds(60))
                .until(() -> members.stream().allMatch(LiveCrowd.Member::isOpen));
    }

    private static Tier start(ProductionSite site, String role) throws IOException {
        Path state = Files.createDirectories(site.folder().resolve("state-" + role));
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));
        String memory = System.getProperty("sluice.sizes.memory." + role);
        String container =
                "sluice-sizes-" + role + "-" + ProcessHandle.current().pid();
        List<String> run = new ArrayList<>(engine());
        run.addAll(List.of("--memory", memory, "--volume", state + ":/state"));
        RunningSluice service = site.runImage(
                run,
                List.of(System.getProperty("sluice.image")),
                container,
                Map.of(
                        "SLUICE_ROLES", role,
                        "SLUICE_ROLLUP_STATE_DIR", "/state/rollup",
                        "SLUICE_INGEST_MAX_CONNECTIONS", "10000",
                        // Browsers come without it: what is looked at is behind it.
                        "SLUICE_ALLOW_PLAINTEXT", "true"));
        service.awaitReady(READY, "https");
        return new Tier(role, memory, service, container);
    }

    private static Map<Tier, Duration> cpu(List<Tier> tiers) throws Exception {
        Map<Tier, Duration> used = new LinkedHashMap<>();
        for (Tier tier : tiers) {
            used.put(tier, tier.process().info().totalCpuDuration().orElseThrow());
        }
        return used;
    }

    private static long peakResidentMebibytes(ProcessHandle process) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> engine() {
        return List.of(System.getProperty("sluice.image.run").trim().split("\\s+"));
    }
}
