package io.sluice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.kafka.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only the production overlay has: scaling, ways in, scraping, and what Kafka lets the service do. */
class ProductionTest {
    /** The service pings that often, so that silence for longer is a dead peer and not a proxy's business. */
    private static final int PING_SECONDS = 25;

    private static final String NGINX = "nginx.ingress.kubernetes.io/";

    private Overlay production;

    @BeforeEach
    void render() throws IOException {
        production = Overlay.all()
                .filter(overlay -> overlay.name().equals("production"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void ingestGrowsByConnectionsAndProcessorAndShrinksSlowly() throws IOException {
        JsonNode spec =
                production.named("HorizontalPodAutoscaler", "sluice-ingest").path("spec");
        JsonNode connections = spec.at("/metrics/0/pods");
        String metric = connections.at("/metric/name").asText();
        assertThat(Files.readString(Path.of("docs/metrics.md"))).contains("| `" + metric + "` | gauge |");
        assertThat(connections.at("/target/averageValue").asInt())
                .isPositive()
                .isLessThan(Integer.parseInt(
                        value(production.named("Deployment", "sluice-ingest"), "SLUICE_INGEST_MAX_CONNECTIONS")));
        assertThat(spec.at("/metrics/1/resource/name").asText()).isEqualTo("cpu");
        assertThat(spec.at("/behavior/scaleUp/stabilizationWindowSeconds").asInt(300))
                .isZero();
        JsonNode down = spec.at("/behavior/scaleDown");
        assertThat(down.path("stabilizationWindowSeconds").asInt()).isGreaterThanOrEqualTo(600);
        assertThat(down.path("policies")).singleElement().satisfies(policy -> {
            assertThat(policy.path("value").asInt()).isEqualTo(1);
            assertThat(policy.path("periodSeconds").asInt()).isGreaterThanOrEqualTo(300);
        });
    }

    @Test
    void theOthersGrowByProcessor() {
        for (String tier : List.of("sluice-rollup", "sluice-live")) {
            assertThat(production.named("HorizontalPodAutoscaler", tier).at("/spec/metrics"))
                    .as(tier)
                    .singleElement()
                    .satisfies(metric ->
                            assertThat(metric.at("/resource/name").asText()).isEqualTo("cpu"));
        }
    }

    @Test
    void devicesTlsPassesThrough() {
        JsonNode ingress = production.named("Ingress", "sluice-devices");
        assertThat(ingress.at("/metadata/annotations")
                        .path(NGINX + "ssl-passthrough")
                        .asText())
                .isEqualTo("true");
        assertThat(ingress.at("/spec").has("tls"))
                .as("whoever ends it needs a certificate")
                .isFalse();
        assertThat(ingress.at("/spec/rules/0/http/paths/0/backend/service/name").asText())
                .isEqualTo("sluice-ingest");
    }

    @Test
    void aLongWebSocketOutlivesTheProxysPatience() {
        JsonNode ingress = production.named("Ingress", "sluice-console");
        JsonNode annotations = ingress.at("/metadata/annotations");
        for (String timeout : List.of("proxy-read-timeout", "proxy-send-timeout")) {
            assertThat(annotations.path(NGINX + timeout).asInt()).as(timeout).isGreaterThan(4 * PING_SECONDS);
        }
        assertThat(annotations.path(NGINX + "proxy-buffering").asText()).isEqualTo("off");
        assertThat(annotations.path(NGINX + "backend-protocol").asText()).isEqualTo("HTTPS");
        assertThat(ingress.at("/spec/tls/0/hosts/0")).isEqualTo(ingress.at("/spec/rules/0/host"));
        assertThat(value(production.named("Deployment", "sluice-live"), "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING"))
                .isEqualTo("true");
    }

    @Test
    void everyTierIsScrapedWithACredential() throws IOException {
        JsonNode monitor = production.named("ServiceMonitor", "sluice");
        JsonNode endpoint = monitor.at("/spec/endpoints/0");
        assertThat(endpoint.path("path").asText()).isEqualTo("/q/metrics");
        assertThat(Files.readString(Path.of("k8s/README.md")))
                .contains("| `" + endpoint.at("/basicAuth/password/name").asText() + "` |");
        assertThat(production.ofKind("Service")).hasSize(3).allSatisfy(service -> {
            monitor.at("/spec/selector/matchLabels")
                    .fields()
                    .forEachRemaining(
                            label -> assertThat(service.at("/metadata/labels").get(label.getKey()))
                                    .isEqualTo(label.getValue()));
            assertThat(service.at("/spec/ports/0/name")).isEqualTo(endpoint.get("port"));
        });
    }

    @Test
    void kafkaLetsTheServiceDoWhatItDoesAndNoMore() {
        Map<String, Set<String>> allowed = new TreeMap<>();
        production
                .named("KafkaUser", "sluice")
                .at("/spec/authorization/acls")
                .forEach(rule -> allowed.put(
                        rule.at("/resource/type").asText() + " "
                                + rule.at("/resource/name").asText()
                                + (rule.at("/resource/patternType").asText().equals("prefix") ? "*" : ""),
                        words(rule.path("operations"))));
        Set<String> topics = Stream.of(Topic.values())
                .map(topic -> "topic " + topic.topicName())
                .collect(Collectors.toSet());
        assertThat(topics)
                .allSatisfy(topic -> assertThat(allowed.get(topic))
                        .containsExactlyInAnyOrder("Describe", "DescribeConfigs", "Read", "Write"));
        topics.addAll(Set.of("topic sluice-rollup-*", "group sluice-rollup*", "transactionalId sluice-rollup*"));
        assertThat(allowed).containsOnlyKeys(topics);
    }

    private static Set<String> words(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    private static String value(JsonNode workload, String variable) {
        return StreamSupport.stream(
                        workload.at("/spec/template/spec/containers/0/env").spliterator(), false)
                .filter(entry -> entry.path("name").asText().equals(variable))
                .map(entry -> entry.path("value").asText())
                .findFirst()
                .orElseThrow();
    }
}
