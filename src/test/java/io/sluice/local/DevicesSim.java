package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.ingest.DeviceClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The simulator's program in front of a service, with one credentials file; built where it is older than its sources. */
public final class DevicesSim {
    private static final Pattern PROGRESS = Pattern.compile("(\\d+)/\\d+ online  sent (\\d+)  acked (\\d+)");

    private final Path folder;
    private final Path authority;
    private final Path jar;

    private DevicesSim(Path folder, Path authority, Path jar) {
        this.folder = folder;
        this.authority = authority;
        this.jar = jar;
    }

    /** Files of its own go to the site's folder. */
    public static DevicesSim of(ProductionSite site) throws IOException, InterruptedException {
        Path root = ProjectRoot.find();
        Path jar = root.resolve("devices-sim/target/devices-sim.jar");
        if (DevFleet.isStale(jar, root.resolve("devices-sim"))) {
            Path log = site.folder().resolve("devices-sim-build.log");
            Process build = new ProcessBuilder(
                            "./mvnw", "-q", "-B", "-ntp", "-f", "devices-sim", "package", "-DskipTests")
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            assertThat(build.waitFor()).as(Files.readString(log)).isZero();
        }
        return new DevicesSim(site.folder(), site.folder().resolve("ca.pem"), jar);
    }

    /** Creates devices by REST; see {@code provision --help}. */
    public void provision(RunningSluice service, List<String> options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("provision", "--api", service.url("https", "")));
        arguments.addAll(options);
        Path log = folder.resolve("provision.log");
        Process process = start(arguments, log);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }

    /** Until a service that did not make them lets the last of the devices in; over plain HTTP. */
    public void awaitKnown(RunningSluice service) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("credentials"));
        String[] last = lines.get(lines.size() - 1).split(" ");
        await(last[0] + " is known")
                .atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> {
                    DeviceClient.connect(service.port(), last[0], last[1], "", null)
                            .close();
                    return true;
                });
    }

    /**
     * Starts {@code run} or {@code replay} with a report and a ledger; the caller closes it.
     *
     * @param name of this fleet's files
     * @param url the device endpoint, which may be a proxy's
     */
    public Fleet fleet(String name, String url, List<String> commandAndOptions) throws IOException {
        List<String> arguments = new ArrayList<>(commandAndOptions);
        Path report = folder.resolve(name + ".report.json");
        Path ledger = folder.resolve(name + ".ledger");
        Path log = folder.resolve(name + ".log");
        arguments.addAll(List.of("--url", url, "--progress", "200ms"));
        arguments.addAll(List.of("--report", report.toString(), "--ledger", ledger.toString()));
        return new Fleet(start(arguments, log), report, ledger, log);
    }

    private Process start(List<String> arguments, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-jar",
                jar.toString()));
        command.addAll(arguments);
        command.addAll(List.of("--ca", authority.toString()));
        command.addAll(List.of("--credentials", folder.resolve("credentials").toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("SLUICE_ADMIN_PASSWORD", ProductionSite.PASSWORD);
        return builder.start();
    }

    /** Devices online, messages sent at least once, messages acknowledged. */
    public record Progress(int online, long sent, long acknowledged) {}

    /** A fleet that runs, and what it wrote when it ended. */
    public static final class Fleet implements AutoCloseable {
        private final Process process;
        private final Path report;
        private final Path ledger;
        private final Path log;

        private Fleet(Process process, Path report, Path ledger, Path log) {
            this.process = process;
            this.report = report;
            this.ledger = ledger;
            this.log = log;
        }

        /** Until it has sent all and everything is acknowledged. */
        public void awaitEnd(Duration limit) throws IOException, InterruptedException {
            assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                    .as("the fleet's end; %s", Files.readString(log))
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        }

        /** Lets it run on for so long; fails where it ends before. */
        public void runOn(Duration time) throws IOException, InterruptedException {
            assertThat(process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS))
                    .as("an early end; %s", Files.readString(log))
                    .isFalse();
        }

        /** Its last progress line; nothing of all before the first one. */
        public Progress progress() throws IOException {
            Progress last = new Progress(0, 0, 0);
            Matcher lines = PROGRESS.matcher(Files.readString(log));
            while (lines.find()) {
                last = new Progress(
                        Integer.parseInt(lines.group(1)),
                        Long.parseLong(lines.group(2)),
                        Long.parseLong(lines.group(3)));
            }
            return last;
        }

        /** See {@code Report} of the simulator; only after its end. */
        public JsonNode report() throws IOException {
            return new ObjectMapper().readTree(Files.readAllBytes(report));
        }

        /** A line for each message acknowledged so far, but for the last quarter of a second. */
        public List<LedgerLine> ledger() throws IOException {
            List<LedgerLine> lines = new ArrayList<>();
            for (String line : Files.readAllLines(ledger)) {
                lines.add(LedgerLine.parse(line));
            }
            return lines;
        }

        /** What it printed. */
        public String output() throws IOException {
            return Files.readString(log);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
