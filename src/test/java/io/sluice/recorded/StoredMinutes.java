package io.sluice.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.local.RunningSluice;
import io.sluice.rollup.RollupItem;
import io.sluice.rollup.RollupKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code GET /api/rollups}, asked for one series after the other. */
final class StoredMinutes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final RunningSluice service;
    private final String authorization;

    StoredMinutes(RunningSluice service, String authorization) {
        this.service = service;
        this.authorization = authorization;
    }

    /** All that is stored of the series of these windows, between the first and the last of them. */
    Map<RollupKey, RollupItem> of(Set<RollupKey> windows) throws IOException, InterruptedException {
        long from = windows.stream().mapToLong(RollupKey::start).min().orElseThrow();
        long to = windows.stream().mapToLong(RollupKey::start).max().orElseThrow() + 1;
        Set<String> series = new TreeSet<>();
        for (RollupKey key : windows) {
            series.add(key.kind().word() + "=" + key.id() + "&metric=" + key.metric());
        }
        SeenWindows seen = new SeenWindows();
        for (String each : series) {
            ask("/api/rollups?" + each + "&window=1m&limit=10000&from=" + from + "&to=" + to)
                    .get("items")
                    .forEach(seen::takeItem);
        }
        return seen.items();
    }

    private JsonNode ask(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(service.url("http", path)))
                        .header("Authorization", authorization)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }
}
