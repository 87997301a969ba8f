package io.sluice.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Changes of different rows at the same moment, on both event loops: none may wait for another, or end it. */
@QuarkusTest
class SimultaneousChangesTest {
    private static final int ROUNDS = 10;
    private static final int DEVICES = 16;
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8));

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    @TestHTTPResource("/")
    URI service;

    @Test
    void areAllAnswered() {
        String run = "simultaneous-" + System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            String prefix = run + "-" + round + "-";
            assertThat(atOnce(n -> request("/api/profiles/" + prefix + n).PUT(BodyPublishers.ofString("{}"))))
                    .containsOnly(201);
            assertThat(atOnce(n -> request("/api/devices")
                            .POST(BodyPublishers.ofString(
                                    "{\"id\":\"" + prefix + n + "\",\"profile\":\"" + prefix + n + "\"}"))))
                    .containsOnly(201);
            // The second one clears away what the first has ended.
            for (int i = 0; i < 2; i++) {
                assertThat(atOnce(n ->
                                request("/api/devices/" + prefix + n + "/token").POST(BodyPublishers.noBody())))
                        .containsOnly(200);
            }
            assertThat(atOnce(n -> request("/api/devices/" + prefix + n).DELETE()))
                    .containsOnly(204);
            assertThat(atOnce(n -> request("/api/profiles/" + prefix + n).DELETE()))
                    .containsOnly(204);
        }
    }

    private List<Integer> atOnce(Function<Integer, HttpRequest.Builder> request) {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, DEVICES)
                .mapToObj(n -> client.sendAsync(request.apply(n).build(), BodyHandlers.ofString()))
                .toList();
        return answers.stream()
                .map(CompletableFuture::join)
                .map(HttpResponse::statusCode)
                .toList();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", BASIC)
                .header("Content-Type", "application/json");
    }
}
