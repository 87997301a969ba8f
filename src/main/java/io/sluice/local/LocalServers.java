package io.sluice.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The embedded servers of one data folder, each started on request. */
public final class LocalServers {
    private final Path folder;
    private final Path binaries;

    public LocalServers(Path folder) {
        this(folder, folder.resolve("postgresql").resolve("binaries"));
    }

    /** @param binaries where PostgreSQL's programs are unpacked, once; may be shared by several folders */
    public LocalServers(Path folder, Path binaries) {
        this.folder = folder.toAbsolutePath().normalize();
        this.binaries = binaries.toAbsolutePath().normalize();
    }

    public Path folder() {
        return folder;
    }

    /**
     * A Kafka broker. Its address also stands in {@code kafka.address} in the folder.
     *
     * @param preferredPort the next free one is taken where it is in use; 0 for any
     */
    public ServerProcess startBroker(int preferredPort) {
        ServerProcess broker = ServerProcess.start(
                EmbeddedBroker.class,
                List.of(
                        "-Xms128m",
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"),
                List.of(folder.resolve("kafka").toString(), Integer.toString(preferredPort)),
                folder.resolve("kafka.log"));
        try {
            Files.writeString(folder.resolve("kafka.address"), broker.address());
        } catch (IOException e) {
            broker.close();
            throw new IllegalStateException("the broker's address could not be written", e);
        }
        return broker;
    }

    /**
     * A PostgreSQL server with an empty database {@code sluice} at its first start.
     *
     * @param fsync whether a commit survives a crash of the machine; off is for tests and development
     */
    public ServerProcess startDatabase(int preferredPort, boolean fsync) {
        return ServerProcess.start(
                EmbeddedDatabase.class,
                // Unpacking the server once needs the heap; afterwards the process only waits.
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                List.of(
                        folder.resolve("postgresql").toString(),
                        binaries.toString(),
                        Integer.toString(preferredPort),
                        Boolean.toString(fsync)),
                folder.resolve("postgresql.log"));
    }

    /** Runs it beside the caller, so that broker and database start together. */
    static CompletableFuture<ServerProcess> beside(java.util.function.Supplier<ServerProcess> start) {
        return CompletableFuture.supplyAsync(start, task -> {
            Thread thread = new Thread(task, "sluice-local-start");
            thread.setDaemon(true);
            thread.start();
        });
    }
}
