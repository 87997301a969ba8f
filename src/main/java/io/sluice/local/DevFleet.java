package io.sluice.local;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * A fleet of simulated devices beside the service in dev mode: a process of its own that speaks wss with credentials of
 * its own, as real devices do. It is started once a JVM and lives through reloads, over which it reconnects.
 */
@ApplicationScoped
@IfBuildProfile("dev")
class DevFleet {
    private static final String RUNNING = "sluice.local.fleet";

    private final LocalService service;
    private final int devices;

    DevFleet(LocalService service, @ConfigProperty(name = "sluice.dev.fleet", defaultValue = "20") int devices) {
        this.service = service;
        this.devices = devices;
    }

    void onStart(@Observes StartupEvent event) {
        if (devices > 0 && !isRunning()) {
            service.whenReady("sluice-fleet", this::startQuietly);
        }
    }

    private static boolean isRunning() {
        return System.getProperties().get(RUNNING) instanceof Process process && process.isAlive();
    }

    private void startQuietly() {
        try {
            start();
        } catch (IOException | IllegalStateException e) {
            LocalLog.LOG.fleetFailed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start() throws IOException, InterruptedException {
        Path root = ProjectRoot.find();
        Path folder = Path.of(System.getProperty(LocalStart.FOLDER));
        Path jar = root.resolve("devices-sim/target/devices-sim.jar");
        Path log = folder.resolve("fleet.log");
        Files.deleteIfExists(log);
        if (isStale(jar, root.resolve("devices-sim"))) {
            LocalLog.LOG.buildingFleet();
            call(
                    root,
                    log,
                    List.of(
                            root.resolve("mvnw").toString(),
                            "-q",
                            "-B",
                            "-f",
                            "devices-sim",
                            "package",
                            "-DskipTests",
                            "-Dspotless.check.skip"));
        }
        Path credentials = folder.resolve("fleet-credentials-" + devices);
        if (!Files.exists(credentials)) {
            call(root, log, provision(jar, folder, credentials));
        }
        Process fleet = new ProcessBuilder(run(jar, folder, credentials))
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        // The reference keeps the pipe to its standard input open, whose end is what ends the fleet.
        System.getProperties().put(RUNNING, fleet);
        LocalLog.LOG.fleetStarted(devices, wss(), log.toString());
    }

    /** The password of the development administrator is no secret, so a command line may show it. */
    private List<String> provision(Path jar, Path folder, Path credentials) {
        List<String> command = sim(jar);
        command.addAll(List.of("provision", "--api", service.url(), "--ca", ca(folder)));
        command.addAll(List.of("--user", "admin", "--password", "admin"));
        command.addAll(List.of("--devices", Integer.toString(devices), "--profile", "plant"));
        command.addAll(List.of("--rotate", "--credentials", credentials.toString()));
        return command;
    }

    private List<String> run(Path jar, Path folder, Path credentials) {
        List<String> command = sim(jar);
        command.addAll(List.of("run", "--url", wss(), "--ca", ca(folder), "--credentials", credentials.toString()));
        command.addAll(List.of("--devices", Integer.toString(devices), "--encoding", "mixed", "--faults"));
        // The service may be gone before the fleet: what it has not acknowledged by then is not waited for.
        command.addAll(List.of("--until-stdin-closes", "--drain-timeout", "1s", "--progress", "60s"));
        return command;
    }

    private static List<String> sim(Path jar) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ArrayList<>(
                List.of(java, "-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", jar.toString()));
    }

    private String wss() {
        return service.url().replace("https:", "wss:") + "/ingest";
    }

    private static String ca(Path folder) {
        return folder.resolve("ca.pem").toString();
    }

    private static void call(Path directory, Path log, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process.getOutputStream().close();
        int status = process.waitFor();
        if (status != 0) {
            throw new IllegalStateException("a step ended with status " + status + " (log: " + log + ")");
        }
    }

    static boolean isStale(Path jar, Path project) throws IOException {
        if (!Files.exists(jar)) {
            return true;
        }
        var built = Files.getLastModifiedTime(jar);
        try (Stream<Path> sources = Files.walk(project.resolve("src/main"))) {
            for (Path source : (Iterable<Path>) sources::iterator) {
                if (Files.getLastModifiedTime(source).compareTo(built) > 0) {
                    return true;
                }
            }
        }
        return Files.getLastModifiedTime(project.resolve("pom.xml")).compareTo(built) > 0;
    }
}
