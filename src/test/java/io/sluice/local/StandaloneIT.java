package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The package that brings its own broker and database, built and started as the README says. */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StandaloneIT {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final String PASSWORD = "a password for this test";

    private static Path project;
    private static Path data;
    private static RunningSluice sluice;

    @BeforeAll
    static void buildAndStart() throws IOException, InterruptedException {
        project = ProjectCopy.into(Path.of("target/standalone-it").toAbsolutePath());
        Path log = Files.createDirectories(project.resolve("target")).resolve("build.log");
        Process build = new ProcessBuilder(
                        "./mvnw", "-q", "-B", "-ntp", "package", "-Pstandalone", "-DskipTests", "-Dspotless.check.skip")
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(build.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(build.exitValue()).as(Files.readString(log)).isZero();
        data = project.resolve("sluice-data");
        sluice = start(Map.of("SLUICE_ADMIN_PASSWORD", PASSWORD));
    }

    @AfterAll
    static void stop() throws IOException {
        sluice.close();
    }

    @Test
    @Order(1)
    void servesPlainAndTlsAndTheFirstAdministratorLogsIn() throws Exception {
        sluice.awaitReady(START);

        assertThat(sluice.get("http", "/api/devices").statusCode()).isEqualTo(200);
        assertThat(sluice.get("https", "/api/devices").statusCode()).isEqualTo(200);
        assertThat(sluice.get("https", "/").body()).contains("Sluice");
    }

    @Test
    @Order(2)
    void aCommitWaitsForTheDisk() throws Exception {
        assertThat(setting("fsync")).isEqualTo("on");
        assertThat(setting("synchronous_commit")).isEqualTo("on");
        assertThat(setting("full_page_writes")).isEqualTo("on");
    }

    @Test
    @Order(3)
    void sigtermStopsTheServiceAndThenItsServers() throws Exception {
        List<ProcessHandle> all = sluice.all();

        sluice.terminate();

        RunningSluice.awaitGone(all, STOP);
        assertThat(sluice.process().waitFor()).isEqualTo(143);
    }

    @Test
    @Order(4)
    void startsAgainOnItsDataAndAfterKillNine() throws Exception {
        // The administrator exists by now, so no password has to be given again.
        sluice = start(Map.of());
        sluice.awaitReady(START);
        assertThat(sluice.get("https", "/api/devices").statusCode()).isEqualTo(200);

        sluice.kill();
        sluice = start(Map.of());
        sluice.awaitReady(START);

        assertThat(sluice.get("https", "/api/devices").statusCode()).isEqualTo(200);
    }

    private static RunningSluice start(Map<String, String> environment) throws IOException {
        return RunningSluice.start(
                project,
                data,
                PASSWORD,
                environment,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        "target/quarkus-app/quarkus-run.jar"));
    }

    private static String setting(String name) throws IOException, SQLException {
        String port = Files.readAllLines(data.resolve("postgresql/data/postmaster.pid"))
                .get(3)
                .trim();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/sluice", "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("show " + name)) {
            result.next();
            return result.getString(1);
        }
    }
}
