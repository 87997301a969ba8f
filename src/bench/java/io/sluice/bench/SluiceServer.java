package io.sluice.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Starts the package, as it would run in production, and makes its devices known to it over REST. */
final class SluiceServer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "for the benchmark";
    /** Of the administrator. */
    static final String AUTHORIZATION =
            "Basic " + Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    static final String GROUP = "bench";
    private static final long READY_SECONDS = 90;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;

    private SluiceServer(String address) {
        this.address = address;
    }

    /** Of a process that also has the role {@code live}, for REST, by which the devices are made known; all in one group. */
    static Server start(Surroundings surroundings, List<String> jvm, String roles, List<String> devices)
            throws Exception {
        Server server = start(surroundings, jvm, roles, Map.of());
        return server.withTokens(new SluiceServer(server.address()).provision(devices));
    }

    /** With all roles, and with that many devices of {@link SteadyLoad} and the one that is timed. */
    static Server startWhole(Surroundings surroundings, List<String> jvm, int devices) throws Exception {
        List<String> names = new ArrayList<>(SteadyLoad.devices(devices));
        names.add(Passage.PROBE);
        return start(surroundings, jvm, "ingest,rollup,live", names);
    }

    /** @param tokens of devices that are known already */
    static Server start(Surroundings surroundings, List<String> jvm, String roles, Map<String, String> tokens)
            throws Exception {
        int port = freePort();
        int securePort = freePort();
        List<String> arguments = new ArrayList<>(jvm);
        arguments.add("-jar");
        arguments.add(Surroundings.runner().toString());
        ChildProcess process = ChildProcess.java(
                surroundings.log("sluice-" + roles.replace(',', '-') + "-" + port),
                environment(surroundings, port, securePort, roles),
                arguments);
        new SluiceServer("127.0.0.1:" + port).awaitReady(process);
        return new Server(Servers.SLUICE, process, "127.0.0.1:" + port, "127.0.0.1:" + securePort, "readings", tokens);
    }

    /** Free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static Map<String, String> environment(Surroundings surroundings, int port, int securePort, String roles) {
        Map<String, String> environment = new HashMap<>();
        environment.put("SLUICE_ROLES", roles);
        environment.put("SLUICE_ADMIN_PASSWORD", PASSWORD);
        environment.put("SLUICE_ALLOW_PLAINTEXT", "true");
        environment.put("SLUICE_KAFKA_REPLICATION", "1");
        environment.put("KAFKA_BOOTSTRAP_SERVERS", surroundings.broker());
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("SLUICE_ROLLUP_STATE_DIR", surroundings.rollupState().toString());
        environment.put("QUARKUS_HTTP_SSL_PORT", Integer.toString(securePort));
        Certificate certificate = surroundings.certificate();
        environment.put("QUARKUS_TLS_KEY_STORE_PEM_0_CERT", certificate.chain().toString());
        environment.put("QUARKUS_TLS_KEY_STORE_PEM_0_KEY", certificate.key().toString());
        String database = "postgresql://" + surroundings.database() + "/sluice";
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", database);
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:" + database);
        environment.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
        environment.put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
        return environment;
    }

    private void awaitReady(ChildProcess process) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                if (send(request("/q/health/ready").GET()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // nothing listens before the start is nearly over
            }
            Thread.sleep(200);
        }
        process.close();
        throw new IOException("Sluice is not ready, see " + process.log());
    }

    /** @return tokens by device */
    private Map<String, String> provision(List<String> ids) throws Exception {
        expect(200, 201, send(json("/api/profiles/bench", profile().toString(), "PUT")));
        String devices = ids.stream()
                .map(id -> "{\"id\":\"" + id + "\",\"group\":\"" + GROUP + "\",\"profile\":\"bench\"}")
                .collect(Collectors.joining("\n"));
        String answers = expect(200, 200, send(json("/api/devices/import", devices, "POST")));
        Map<String, String> tokens = new HashMap<>();
        for (String answer : answers.split("\n")) {
            JsonNode device = JSON.readTree(answer);
            if (!device.hasNonNull("token")) {
                throw new IOException("not imported: " + answer);
            }
            tokens.put(device.get("id").asText(), device.get("token").asText());
        }
        return tokens;
    }

    /** Strict, so that every rule is applied; the rate is the only one that nobody reaches. */
    private static JsonNode profile() {
        ObjectNode profile = JSON.createObjectNode()
                .put("strict", true)
                .put("readingsPerSecond", 1_000_000)
                .put("burst", 1_000_000);
        for (Messages.Metric metric : Messages.PROFILE) {
            profile.withArray("metrics")
                    .addObject()
                    .put("name", metric.name())
                    .put("unit", metric.unit())
                    .put("type", "number")
                    .put("min", metric.min())
                    .put("max", metric.max());
        }
        return profile;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + address + path)).header("Authorization", AUTHORIZATION);
    }

    private HttpRequest.Builder json(String path, String body, String method) {
        return request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String expect(int status, int or, HttpResponse<String> response) throws IOException {
        if (response.statusCode() != status && response.statusCode() != or) {
            throw new IOException(response + " " + response.body());
        }
        return response.body();
    }
}
