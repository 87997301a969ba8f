package io.sluice.sim.wire;

import io.sluice.sim.json.JsonTree;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The service's REST interface (operator protocol section 2), with HTTP Basic. */
public final class RestApi {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client;
    private final URI base;
    private final String authorization;

    /** @param base such as {@code https://localhost:8443} */
    public RestApi(URI base, Trust trust, String user, String password) throws IOException {
        this.base = base;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        try {
            this.client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .sslContext(trust.context())
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS: " + e.getMessage(), e);
        }
    }

    /** @param body a JSON object, or empty; its keys are taken where the server sent one */
    public record Answer(int status, Map<String, @Nullable Object> body) {
        public boolean isOk() {
            return status / 100 == 2;
        }

        /** Status and, of a problem, title and detail. */
        public String sentence() {
            String problem = JsonTree.text(body, "title", "") + " " + JsonTree.text(body, "detail", "");
            return (status + " " + problem.strip()).strip();
        }
    }

    public Answer put(String path, String json) throws IOException, InterruptedException {
        return send("PUT", path, json);
    }

    public Answer post(String path, String json) throws IOException, InterruptedException {
        return send("POST", path, json);
    }

    private Answer send(String method, String path, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        return new Answer(response.statusCode(), read(response.body()));
    }

    private static Map<String, @Nullable Object> read(String body) {
        try {
            return JsonTree.object(body);
        } catch (IOException e) {
            return Map.of();
        }
    }
}
