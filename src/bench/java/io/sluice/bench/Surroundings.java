package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Broker and database, as processes of Sluice's room `local`, and where everything lies. */
final class Surroundings implements AutoCloseable {
    private static final Path PACKAGE = Path.of("target/quarkus-app");
    private static final Path BENCH = Path.of("src/bench/target");

    private final Path folder = BENCH.resolve("run-" + ProcessHandle.current().pid());
    private final ChildProcess broker;
    private final ChildProcess database;
    private final String brokerAddress;
    private final String databaseAddress;
    private final Certificate certificate;

    Surroundings() throws Exception {
        if (!Files.exists(runner())) {
            throw new IllegalStateException(
                    "to be started by src/bench/run, which builds the package, in the project's root");
        }
        Files.createDirectories(folder);
        certificate = Certificate.create(folder);
        broker = local("Broker", List.of("-Xms256m", "-Xmx512m"), folder.resolve("kafka"), "0");
        database = local(
                "Database",
                List.of("-Xmx256m"),
                folder.resolve("postgresql"),
                BENCH.resolve("postgresql-binaries").toAbsolutePath(),
                "0",
                "false");
        brokerAddress = broker.awaitAddress();
        databaseAddress = database.awaitAddress();
    }

    private ChildProcess local(String name, List<String> options, Object... arguments) throws IOException {
        return ChildProcess.java(
                folder.resolve(name.toLowerCase(java.util.Locale.ROOT) + ".log"),
                Map.of(),
                Stream.of(
                                options.stream(),
                                Stream.of(
                                        "-XX:+UseSerialGC",
                                        "-cp",
                                        "target/classes:" + BENCH.resolve("lib") + "/*",
                                        "io.sluice.local.Embedded" + name),
                                Stream.of(arguments).map(Object::toString))
                        .flatMap(part -> part)
                        .toList());
    }

    /** What {@code java -jar} takes. */
    static Path runner() {
        return PACKAGE.resolve("quarkus-run.jar");
    }

    /** The same for the reference {@link Servers#EMPTY}. */
    static Path emptyRunner() {
        return Path.of("src/bench/empty/target/quarkus-app/quarkus-run.jar");
    }

    /** Of this process, and of those that share its work. */
    static String benchmarkClassPath() {
        return BENCH.resolve("classes") + ":" + BENCH.resolve("lib") + "/*";
    }

    /**
     * The references' class path: this project's classes, and nothing but the package's own jars. Without Quarkus's runner,
     * which, where no Quarkus is started, has everything logged down to TRACE, and kept.
     */
    static String referenceClassPath() throws IOException {
        try (Stream<Path> boot = Files.list(PACKAGE.resolve("lib/boot"))) {
            return Stream.concat(
                            Stream.of(BENCH.resolve("classes").toString(), PACKAGE.resolve("lib/main") + "/*"),
                            boot.filter(jar -> !jar.getFileName().toString().startsWith("io.quarkus."))
                                    .map(Path::toString)
                                    .sorted())
                    .collect(Collectors.joining(":"));
        }
    }

    /** Of what the rollups keep on disk; another run's would be of another broker's log. */
    Path rollupState() {
        return folder.resolve("rollup");
    }

    Path log(String name) {
        return folder.resolve(name + ".log");
    }

    String broker() {
        return brokerAddress;
    }

    ChildProcess brokerProcess() {
        return broker;
    }

    Certificate certificate() {
        return certificate;
    }

    String database() {
        return databaseAddress;
    }

    /** Stops both and removes what was stored; the logs stay. */
    @Override
    public void close() throws Exception {
        broker.close();
        database.close();
        Files.createDirectories(rollupState());
        for (Path data : List.of(folder.resolve("kafka"), folder.resolve("postgresql"), rollupState())) {
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
