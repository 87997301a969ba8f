package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.local.ProductionSite;
import io.sluice.local.RunningSluice;
import io.sluice.rollup.RollupItem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A position means the same to an instance that did not run yet when another one gave it. */
@Tag("slow")
class RecoveryIT {
    private static final Duration READY = Duration.ofSeconds(180);
    private static final int MISSED = 2_500;

    @Test
    void anInstanceStartedAfterwardsBringsWhatWasMissed() throws Exception {
        try (ProductionSite site = ProductionSite.start("recovery-it")) {
            String position;
            List<RollupItem> missed = new ArrayList<>();
            try (RunningSluice first = site.run(Map.of("SLUICE_ALLOW_PLAINTEXT", "true"))) {
                first.awaitReady(READY, "https");
                assertThat(first.post("/api/devices", "{\"id\":\"pump\"}").statusCode())
                        .isEqualTo(201);
                try (RollupTopic rollups = new RollupTopic(site.brokerAddress());
                        LiveClient client = client(first)) {
                    client.next("welcome");
                    client.send(subscribe(""));
                    client.next("snapshot");
                    rollups.write(List.of(RollupTopic.item("pump", 0, 1, true)));
                    position = client.next("update").get("position").textValue();
                    client.close();
                    for (int i = 1; i <= MISSED; i++) {
                        missed.add(RollupTopic.item("pump", i * 1_000L, i, true));
                    }
                    rollups.write(missed);
                }
            }
            // It remembers a second, so all that it can tell comes from Kafka.
            Map<String, String> forgetful = Map.of("SLUICE_ALLOW_PLAINTEXT", "true", "SLUICE_LIVE_RETENTION", "PT1S");
            try (RunningSluice second = site.run(forgetful)) {
                second.awaitReady(READY, "https");
                try (RollupTopic rollups = new RollupTopic(site.brokerAddress());
                        LiveClient client = client(second)) {
                    client.next("welcome");
                    client.send(subscribe(",\"since\":\"" + position + "\""));
                    List<Long> starts = new ArrayList<>();
                    JsonNode snapshot;
                    do {
                        snapshot = client.next("snapshot");
                        assertThat(snapshot.get("recovered").booleanValue()).isTrue();
                        snapshot.get("items")
                                .forEach(item -> starts.add(item.get("start").longValue()));
                    } while (snapshot.get("more").booleanValue());
                    assertThat(starts)
                            .containsExactlyElementsOf(
                                    missed.stream().map(RollupItem::start).toList());
                    rollups.write(List.of(RollupTopic.item("pump", 9_999_000, 2, true)));
                    client.itemsUntil("9999000");
                }
            }
        }
    }

    private static String subscribe(String more) {
        return "{\"subscribe\":{\"id\":1,\"channel\":\"rollups\",\"devices\":[\"pump\"],\"mode\":\"all\"" + more + "}}";
    }

    private static LiveClient client(RunningSluice service) {
        String credential = "admin:" + ProductionSite.PASSWORD;
        return new LiveClient(
                URI.create("ws://localhost:" + service.port() + "/live"),
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(credential.getBytes(StandardCharsets.UTF_8)));
    }
}
