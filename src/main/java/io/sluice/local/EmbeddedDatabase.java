package io.sluice.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL on loopback, started and stopped by a small process that holds its folder. */
final class EmbeddedDatabase implements ServerMain.Running {
    static final String USER = "postgres";
    static final String DATABASE = "sluice";

    private final EmbeddedPostgres server;

    private EmbeddedDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Arguments: data folder, folder of the programs, preferred port, whether a commit waits for the disk. */
    public static void main(String[] arguments) {
        ServerMain.run(() -> start(
                Path.of(arguments[0]),
                Path.of(arguments[1]),
                Integer.parseInt(arguments[2]),
                Boolean.parseBoolean(arguments[3])));
    }

    private static EmbeddedDatabase start(Path folder, Path binaries, int preferredPort, boolean fsync)
            throws IOException, InterruptedException, SQLException {
        FolderLock.hold(folder);
        Path data = folder.resolve("data");
        stopOrphan(data);
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(binaries.toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(Ports.firstFreeFrom(preferredPort))
                .setPGStartupWait(Duration.ofSeconds(60))
                // The library's own default is no fsync at all, set before these, so that these win.
                .setServerConfig("fsync", fsync ? "on" : "off")
                .setServerConfig("synchronous_commit", fsync ? "on" : "off")
                .setServerConfig("full_page_writes", fsync ? "on" : "off")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("shared_buffers", "64MB")
                .setServerConfig("max_connections", "100")
                .setOutputRedirector(ProcessBuilder.Redirect.INHERIT)
                .setErrorRedirector(ProcessBuilder.Redirect.INHERIT)
                .start();
        createDatabase(server);
        return new EmbeddedDatabase(server);
    }

    @Override
    public String address() {
        return "127.0.0.1:" + server.getPort();
    }

    @Override
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            e.printStackTrace();
        }
    }

    private static void createDatabase(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet found =
                    statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("create database " + DATABASE);
        }
    }

    /** After {@code kill -9} of this process its server lives on; it must go before the next one takes the folder. */
    private static void stopOrphan(Path data) throws IOException, InterruptedException {
        Optional<ProcessHandle> orphan = postmaster(data.resolve("postmaster.pid"));
        if (orphan.isEmpty()) {
            return;
        }
        // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for its clients.
        new ProcessBuilder("kill", "-INT", Long.toString(orphan.get().pid()))
                .inheritIO()
                .start()
                .waitFor();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (orphan.get().isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        if (orphan.get().isAlive()) {
            orphan.get().destroyForcibly();
        }
    }

    private static Optional<ProcessHandle> postmaster(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.isEmpty() || !lines.get(0).trim().matches("\\d+")) {
            return Optional.empty();
        }
        // The number may have been given to another program since.
        return ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
                .filter(p -> p.info().command().map(c -> c.contains("postgres")).orElse(false));
    }
}
