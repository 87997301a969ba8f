package io.sluice.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Starts what the configuration leaves open and answers the settings that lead to it. Runs once a JVM: live reload and
 * a second reading of the configuration find the first answer in the system properties, the only place that all of
 * Quarkus's class loaders share.
 */
final class LocalStart {
    static final String STARTED = "sluice.local.started";
    static final String FOLDER = "sluice.local.folder";
    private static final String DEVICE_AUTHORITY = "sluice.ingest.device-authority";
    private static final String REMEMBERED = "sluice.local.setting.";

    private LocalStart() {}

    static Map<String, String> settings(UnaryOperator<String> given, String profile) {
        synchronized (System.class) {
            if (System.getProperty(STARTED) == null) {
                start(given, profile).forEach((name, value) -> System.setProperty(REMEMBERED + name, value));
                System.setProperty(STARTED, "true");
            }
        }
        Map<String, String> settings = new HashMap<>();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(REMEMBERED))
                .forEach(name -> settings.put(name.substring(REMEMBERED.length()), System.getProperty(name)));
        return settings;
    }

    private static Map<String, String> start(UnaryOperator<String> given, String profile) {
        Path folder = folder(given.apply("sluice.data-dir"), profile);
        System.setProperty(FOLDER, folder.toString());
        boolean throwaway = profile.equals("test");
        LocalServers servers = throwaway
                ? new LocalServers(folder, folder.resolveSibling("postgresql-binaries"))
                : new LocalServers(folder);

        CompletableFuture<ServerProcess> broker =
                given.apply("kafka.bootstrap.servers").isEmpty()
                        ? LocalServers.beside(
                                () -> servers.startBroker(port(given.apply("sluice.kafka.port"), throwaway, 9092)))
                        : CompletableFuture.completedFuture(null);
        boolean databaseGiven = !given.apply("quarkus.datasource.reactive.url").isEmpty()
                || !given.apply("quarkus.datasource.jdbc.url").isEmpty();
        CompletableFuture<ServerProcess> database = databaseGiven
                ? CompletableFuture.completedFuture(null)
                : LocalServers.beside(() -> servers.startDatabase(
                        port(given.apply("sluice.postgresql.port"), throwaway, 15432), profile.equals("standalone")));

        Map<String, String> settings = new HashMap<>();
        if (given.apply("quarkus.tls.key-store.pem.0.cert").isEmpty()
                && given.apply("quarkus.http.ssl.certificate.files").isEmpty()) {
            addCertificate(settings, folder);
        }
        // What is made to be run has no authority whose key lies beside it.
        if (!profile.equals("standalone") && given.apply(DEVICE_AUTHORITY).isEmpty()) {
            addDeviceAuthority(settings, folder);
        }
        addBroker(settings, await(broker, profile));
        addDatabase(settings, await(database, profile));
        return settings;
    }

    private static Path folder(String given, String profile) {
        if (!given.isEmpty()) {
            return Path.of(given).toAbsolutePath().normalize();
        }
        Path root = ProjectRoot.find();
        return switch (profile) {
            case "dev" -> root.resolve(".sluice");
            // A run of the tests begins with nothing; its folder goes with the build's.
            case "test" ->
                root.resolve("target")
                        .resolve("sluice-test-" + ProcessHandle.current().pid());
            default -> Path.of("sluice-data").toAbsolutePath();
        };
    }

    private static int port(String given, boolean throwaway, int preferred) {
        if (!given.isEmpty()) {
            return Integer.parseInt(given);
        }
        return throwaway ? 0 : preferred;
    }

    private static @Nullable ServerProcess await(CompletableFuture<@Nullable ServerProcess> start, String profile) {
        try {
            ServerProcess process = start.join();
            if (process != null && profile.equals("standalone")) {
                StopAtEnd.register(process);
            }
            return process;
        } catch (CompletionException e) {
            throw new IllegalStateException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void addBroker(Map<String, String> settings, @Nullable ServerProcess broker) {
        if (broker != null) {
            settings.put("kafka.bootstrap.servers", broker.address());
        }
    }

    private static void addDatabase(Map<String, String> settings, @Nullable ServerProcess database) {
        if (database != null) {
            String url = "postgresql://" + database.address() + "/" + EmbeddedDatabase.DATABASE;
            settings.put("quarkus.datasource.reactive.url", url);
            settings.put("quarkus.datasource.jdbc.url", "jdbc:" + url);
            settings.put("quarkus.datasource.username", EmbeddedDatabase.USER);
            settings.put("quarkus.datasource.password", EmbeddedDatabase.USER);
        }
    }

    private static void addCertificate(Map<String, String> settings, Path folder) {
        try {
            Files.createDirectories(folder);
            DevelopmentAuthority authority = new DevelopmentAuthority(folder);
            authority.ensure();
            settings.put(
                    "quarkus.tls.key-store.pem.0.cert",
                    authority.serverCertificate().toString());
            settings.put(
                    "quarkus.tls.key-store.pem.0.key", authority.serverKey().toString());
        } catch (Exception e) {
            throw new IllegalStateException("no certificate could be made in " + folder, e);
        }
    }

    private static void addDeviceAuthority(Map<String, String> settings, Path folder) {
        try {
            Files.createDirectories(folder);
            DevelopmentAuthority authority = new DevelopmentAuthority(folder);
            authority.ensureDeviceAuthority();
            String file = authority.deviceAuthorityCertificate().toString();
            settings.put(DEVICE_AUTHORITY, file);
            // What is made of a given one, see TlsFromEnvironment, which does not see this one.
            settings.put("quarkus.tls.trust-store.pem.certs", file);
        } catch (Exception e) {
            throw new IllegalStateException("no device authority could be made in " + folder, e);
        }
    }
}
