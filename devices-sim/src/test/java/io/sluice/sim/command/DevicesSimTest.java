package io.sluice.sim.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sim.fleet.Credentials;
import io.sluice.sim.json.JsonTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DevicesSimTest {
    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();

    private int sim(String... arguments) {
        CommandLine commandLine = DevicesSim.commandLine();
        commandLine.setErr(new PrintWriter(errors, true));
        return commandLine.execute(arguments);
    }

    private int provision(FakeRegistry registry, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "provision", "--api", registry.url(), "--password", "admin", "--credentials", file().toString()));
        arguments.addAll(List.of(more));
        return sim(arguments.toArray(String[]::new));
    }

    private Path file() {
        return folder.resolve("credentials");
    }

    @Test
    void provisionsAPlantWithItsProfile() throws IOException {
        try (FakeRegistry registry = new FakeRegistry()) {
            assertThat(provision(registry, "--devices", "12", "--profile", "plant"))
                    .isZero();
            assertThat(Credentials.load(file()).devices()).hasSize(12).contains("pump-01", "room-03");
            String profile = registry.requests.get(0);
            assertThat(profile).startsWith("PUT /api/profiles/plant {");
            Map<String, @Nullable Object> body = JsonTree.object(profile.substring(profile.indexOf('{')));
            assertThat(body).containsEntry("strict", true).containsEntry("readingsPerSecond", 1_000L);
            assertThat(((List<?>) body.get("metrics")).toString())
                    .contains("{name=temperature, unit=Cel, type=number, min=-40.0, max=125.0}")
                    .contains("{name=state, type=string}");
            assertThat(registry.requests.get(1))
                    .isEqualTo("POST /api/devices {\"id\":\"pump-01\",\"name\":\"Pump 01\",\"group\":\"line-1\","
                            + "\"profile\":\"plant\",\"enabled\":true}");
            assertThat(registry.requests.get(12)).contains("\"group\":\"line-2\"");
        }
    }

    @Test
    void keepsTokensThatTheFileHasAndAddsTheMissing() throws IOException {
        try (FakeRegistry registry = new FakeRegistry()) {
            assertThat(provision(registry, "--devices", "2")).isZero();
            String token = Credentials.load(file()).token("pump-01");
            assertThat(provision(registry, "--devices", "3")).isZero();
            assertThat(Credentials.load(file()).token("pump-01")).isEqualTo(token);
            assertThat(Credentials.load(file()).devices()).hasSize(3);
            assertThat(registry.requests).noneMatch(request -> request.contains("/token"));
        }
    }

    @Test
    void rotatesOnlyWhenAsked() throws IOException {
        try (FakeRegistry registry = new FakeRegistry()) {
            registry.devices.add("pump-01");
            assertThat(provision(registry, "--devices", "2")).isEqualTo(1);
            assertThat(Credentials.load(file()).devices()).containsExactly("boiler-01");
            assertThat(provision(registry, "--devices", "2", "--rotate")).isZero();
            assertThat(Credentials.load(file()).devices()).containsExactlyInAnyOrder("pump-01", "boiler-01");
        }
    }

    @Test
    void provisionsTheDevicesOfARecording() throws IOException {
        Path csv = Files.writeString(folder.resolve("pumps.csv"), "id,time,p\na/1,5,1.5\nb,6,2\na/1,7,3\n");
        try (FakeRegistry registry = new FakeRegistry()) {
            int code = provision(
                    registry,
                    "--from-csv",
                    csv.toString(),
                    "--id-column=id",
                    "--time-column=time",
                    "--map=p=pressure:bar",
                    "--profile=pumps",
                    "--readings-per-second=5000");
            assertThat(code).isZero();
            assertThat(Credentials.load(file()).devices()).containsExactly("a-1", "b");
            assertThat(registry.requests.get(0))
                    .isEqualTo("PUT /api/profiles/pumps {\"strict\":false,\"readingsPerSecond\":5000,\"burst\":10000,"
                            + "\"metrics\":[{\"name\":\"pressure\",\"unit\":\"bar\",\"type\":\"number\"}]}");
            assertThat(registry.requests.get(1)).contains("\"group\":\"pumps\"");
        }
    }

    @Test
    void stopsAtAWrongPassword() throws IOException {
        try (FakeRegistry registry = new FakeRegistry()) {
            assertThat(sim("provision", "--api", registry.url(), "--password", "x", "--credentials", file() + ""))
                    .isEqualTo(1);
            assertThat(registry.requests).hasSize(1);
            assertThat(file()).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --credentials /nowhere/at/all",
                "run --url http://localhost/ingest",
                "run --url wss://localhost/ingest?token=x",
                "run --rate 0",
                "run --duration soon",
                "run --insecure",
                "replay",
                "replay x.csv",
                "provision --prefix /",
                "provision --api ftp://x"
            })
    void wrongUsageIsToldInASentence(String arguments) {
        assertThat(sim(arguments.split(" "))).isEqualTo(2);
        assertThat(errors.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void namesTheDevicesThatHaveNoToken() throws IOException {
        Credentials credentials = new Credentials();
        credentials.put("pump-01", "t");
        credentials.save(file());
        assertThat(sim("run", "--devices", "2", "--credentials", file().toString()))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("boiler-01").contains("provision");
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "30s", "PT30S", "30000ms"})
    void durationsHaveManyForms(String text) {
        assertThat(new DurationText().convert(text)).hasSeconds(30);
    }
}
