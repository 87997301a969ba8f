package io.sluice.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a production service is given: a broker, a database, a certificate; each real, in a folder of its own under
 * {@code target/} that every start empties. The service is what this build made, as a process.
 */
public final class ProductionSite implements AutoCloseable {
    /** The first administrator's. */
    public static final String PASSWORD = "a password for this test";

    /** Names the native executable where the build made one; it is tried instead of the package. */
    static final String EXECUTABLE = "sluice.it.executable";

    static final Path PACKAGE = Path.of("target/quarkus-app").toAbsolutePath();

    private static final String HEAP = "-Xmx256m";

    private final Path folder;
    private final LocalServers servers;
    private ServerProcess database;
    private ServerProcess broker;

    private ProductionSite(Path folder, LocalServers servers) {
        this.folder = folder;
        this.servers = servers;
        broker = servers.startBroker(0);
        database = servers.startDatabase(0, false);
    }

    /** @param name of its folder; two sites of one name cannot run at a time */
    public static ProductionSite start(String name) throws Exception {
        Path folder = Path.of("target", name).toAbsolutePath();
        empty(folder);
        new DevelopmentAuthority(folder).ensure();
        return new ProductionSite(
                folder, new LocalServers(folder.resolve("servers"), Path.of("target/postgresql-binaries")));
    }

    public Path folder() {
        return folder;
    }

    public String brokerAddress() {
        return broker.address();
    }

    public String databaseAddress() {
        return database.address();
    }

    public void stopDatabase() {
        database.close();
    }

    /** On its data and the same port. */
    public void startDatabaseAgain() {
        String address = database.address();
        database = servers.startDatabase(Integer.parseInt(address.substring(address.indexOf(':') + 1)), false);
        if (!database.address().equals(address)) {
            throw new IllegalStateException("somebody took " + address + " while the database was away");
        }
    }

    /** {@code kill -9}. */
    public void killBroker() throws InterruptedException {
        broker.handle().destroyForcibly();
        broker.handle().onExit().join();
    }

    /** On its data and the same port. */
    public void startBrokerAgain() {
        String address = broker.address();
        broker.close();
        broker = servers.startBroker(Integer.parseInt(address.substring(address.indexOf(':') + 1)));
        if (!broker.address().equals(address)) {
            throw new IllegalStateException("somebody took " + address + " while the broker was away");
        }
    }

    /** The variables of a service on these servers, but for the first administrator's password. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.address());
        environment.put("SLUICE_KAFKA_REPLICATION", "1");
        String url = "postgresql://" + database.address() + "/sluice";
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", url);
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:" + url);
        environment.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
        environment.put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
        environment.put(
                "QUARKUS_TLS_KEY_STORE_PEM_0_CERT",
                folder.resolve("tls/server.pem").toString());
        environment.put(
                "QUARKUS_TLS_KEY_STORE_PEM_0_KEY",
                folder.resolve("tls/server-key.pem").toString());
        return environment;
    }

    /** Starts a service with exactly that environment, beside ports of its own. */
    RunningSluice runWith(Map<String, String> environment) throws IOException {
        return RunningSluice.start(folder, folder, PASSWORD, environment, command());
    }

    private static List<String> command() {
        String executable = System.getProperty(EXECUTABLE, "");
        if (!executable.isEmpty()) {
            return List.of(executable, HEAP);
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, HEAP, "-jar", PACKAGE.resolve("quarkus-run.jar").toString());
    }

    /** Starts a service with a heap of 256 MB, on TLS alone; the caller waits for its readiness and closes it. */
    public RunningSluice run(Map<String, String> furtherVariables) throws IOException {
        Map<String, String> environment = environment();
        environment.put("SLUICE_ADMIN_PASSWORD", PASSWORD);
        environment.putAll(furtherVariables);
        return runWith(environment);
    }

    /**
     * Starts the service out of an image, as a cluster would: as the user that the image names, with nothing to write to
     * but what is mounted, on the host's network, where the servers are.
     *
     * @param engine {@code podman} or {@code docker}, with the options that this machine needs behind {@code run}
     * @param image and its arguments
     * @param name of the container
     */
    public RunningSluice runImage(
            List<String> engine, List<String> image, String name, Map<String, String> furtherVariables)
            throws IOException {
        // The development authority's key is its owner's alone; the image's user is somebody else.
        Path tls = Files.createDirectories(folder.resolve("image-tls"));
        Map<String, String> environment = environment();
        for (String file : List.of("server.pem", "server-key.pem")) {
            Files.copy(folder.resolve("tls").resolve(file), tls.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(tls.resolve(file), PosixFilePermissions.fromString("rw-r--r--"));
        }
        environment.put("QUARKUS_TLS_KEY_STORE_PEM_0_CERT", "/etc/sluice/tls/server.pem");
        environment.put("QUARKUS_TLS_KEY_STORE_PEM_0_KEY", "/etc/sluice/tls/server-key.pem");
        environment.put("SLUICE_ADMIN_PASSWORD", PASSWORD);
        environment.put("SLUICE_ROLLUP_STATE_DIR", "/var/lib/sluice/rollup");
        environment.putAll(furtherVariables);

        List<String> command = new ArrayList<>(engine);
        command.addAll(List.of("--rm", "--name", name, "--network", "host", "--read-only", "--cap-drop", "ALL"));
        command.addAll(List.of("--security-opt", "no-new-privileges"));
        // Native libraries are unpacked to /tmp and run from there.
        command.addAll(List.of("--tmpfs", "/tmp:exec,mode=1777", "--tmpfs", "/var/lib/sluice:mode=1777"));
        command.addAll(List.of("--volume", tls + ":/etc/sluice/tls:ro"));
        for (String variable : environment.keySet()) {
            command.addAll(List.of("--env", variable));
        }
        command.addAll(List.of("--env", "QUARKUS_HTTP_PORT", "--env", "QUARKUS_HTTP_SSL_PORT"));
        command.addAll(image);
        return RunningSluice.start(folder, folder, PASSWORD, environment, command);
    }

    @Override
    public void close() {
        broker.close();
        database.close();
    }

    private static void empty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException failure) throws IOException {
                if (!dir.equals(folder)) {
                    Files.delete(dir);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
