package io.sluice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.kafka.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every overlay as a cluster would be given it: right by the Kubernetes model, and right for this service. */
class ManifestsTest {
    private static final Set<String> TIERS = Set.of("ingest", "rollup", "live");
    private static final Path README = Path.of("k8s/README.md");

    /** What the kernel and the JVM may take beside the ends that are bounded by configuration. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    static Stream<Overlay> overlays() throws IOException {
        return Overlay.all();
    }

    @Test
    void theModelIsStrict() {
        JsonNode misspelt = Overlay.parse("""
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: a}
                        spec:
                          selector: {}
                          template:
                            spec:
                              containers:
                                - name: a
                                  readynessProbe: {}
                        """).get(0);
        assertThat(Model.fault(misspelt))
                .hasValueSatisfying(fault -> assertThat(fault).contains("readynessProbe"));
        JsonNode unknown = Overlay.parse("{apiVersion: autoscaling/v2beta1, kind: HorizontalPodAutoscaler}")
                .get(0);
        assertThat(Model.fault(unknown)).isPresent();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyObjectIsOneThatKubernetesKnows(Overlay overlay) {
        assertThat(overlay.objects()).hasSizeGreaterThan(10);
        assertThat(overlay.objects())
                .allSatisfy(object -> assertThat(Model.fault(object))
                        .as(object.path("kind").asText() + " " + Overlay.nameOf(object))
                        .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyTierIsThereOnceWithItsRole(Overlay overlay) {
        Map<String, String> roles = new TreeMap<>();
        overlay.workloads()
                .forEach(workload -> roles.put(
                        component(workload), environment(overlay, workload).get("SLUICE_ROLES")));
        assertThat(roles).isEqualTo(TIERS.stream().collect(Collectors.toMap(tier -> tier, tier -> tier)));
        assertThat(overlay.named("StatefulSet", "sluice-rollup").at("/spec/volumeClaimTemplates"))
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyContainerIsBoundedAndConfined(Overlay overlay) {
        assertThat(containers(overlay)).isNotEmpty().allSatisfy(container -> {
            for (String resource : List.of("cpu", "memory", "ephemeral-storage")) {
                assertThat(container.at("/resources/requests").path(resource).asText())
                        .isNotEmpty();
                assertThat(container.at("/resources/limits").path(resource).asText())
                        .isNotEmpty();
            }
            assertThat(container.at("/resources/limits/memory")).isEqualTo(container.at("/resources/requests/memory"));
            JsonNode security = container.path("securityContext");
            assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        });
        assertThat(overlay.workloads()).allSatisfy(workload -> {
            JsonNode pod = workload.at("/spec/template/spec");
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(overlay.named(
                                    "ServiceAccount",
                                    pod.path("serviceAccountName").asText())
                            .path("automountServiceAccountToken")
                            .asBoolean(true))
                    .isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void probesAskWhatTheServiceAnswersWhereItListens(Overlay overlay) {
        Map<String, String> paths = Map.of(
                "startupProbe", "/q/health/live",
                "livenessProbe", "/q/health/live",
                "readinessProbe", "/q/health/ready");
        assertThat(containers(overlay)).allSatisfy(container -> {
            assertThat(container.path("ports")).singleElement().satisfies(port -> {
                assertThat(port.path("name").asText()).isEqualTo("https");
                assertThat(port.path("containerPort").asInt()).isEqualTo(8443);
            });
            paths.forEach((probe, path) -> {
                JsonNode request = container.path(probe).path("httpGet");
                assertThat(request.path("path").asText()).as(probe).isEqualTo(path);
                assertThat(request.path("port").asText()).isEqualTo("https");
                assertThat(request.path("scheme").asText()).isEqualTo("HTTPS");
            });
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void theDrainFitsTheGracePeriod(Overlay overlay) throws IOException {
        KnownVariables known = new KnownVariables();
        assertThat(overlay.workloads()).allSatisfy(workload -> {
            Map<String, String> given = environment(overlay, workload);
            JsonNode pod = workload.at("/spec/template/spec");
            long seconds =
                    pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asLong();
            assertThat(seconds).isPositive();
            // In the order of a stop: devices, browsers, live readers twice, rollups, producer.
            for (String end : List.of(
                    "SLUICE_INGEST_DRAIN_TIMEOUT",
                    "SLUICE_LIVE_CLOSE_TIMEOUT",
                    "SLUICE_LIVE_CLOSE_TIMEOUT",
                    "SLUICE_LIVE_CLOSE_TIMEOUT",
                    "SLUICE_ROLLUP_CLOSE_TIMEOUT",
                    "SLUICE_KAFKA_CLOSE_TIMEOUT")) {
                assertThat(given).as("its default is what is counted here").doesNotContainKey(end);
                seconds += known.duration(end).toSeconds();
            }
            assertThat(pod.path("terminationGracePeriodSeconds").asLong())
                    .isGreaterThanOrEqualTo(seconds + MARGIN.toSeconds());
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyVariableIsOneThatTheServiceReads(Overlay overlay) throws IOException {
        KnownVariables known = new KnownVariables();
        assertThat(known.knows("SLUICE_ROLE")).isFalse();
        assertThat(known.knows("QUARKUS_HTTP_PROXY_ADDRESS_FORWARDING")).isFalse();
        assertThat(known.knows("QUARKUS_DATASOURCE_REACTIVE_URLS")).isFalse();
        assertThat(known.knows("KAFKA_SSL_TRUSTSTORE")).isFalse();
        assertThat(overlay.workloads()).allSatisfy(workload -> {
            Set<String> variables = environment(overlay, workload).keySet();
            assertThat(variables).isNotEmpty().allMatch(known::knows);
            assertThat(variables)
                    .contains(
                            "KAFKA_BOOTSTRAP_SERVERS",
                            "QUARKUS_DATASOURCE_REACTIVE_URL",
                            "QUARKUS_DATASOURCE_JDBC_URL",
                            "QUARKUS_TLS_KEY_STORE_PEM_0_CERT",
                            "SLUICE_ADMIN_PASSWORD");
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void whatIsNamedIsThereOrToldToBeMade(Overlay overlay) throws IOException {
        String readme = Files.readString(README);
        for (JsonNode workload : overlay.workloads()) {
            JsonNode pod = workload.at("/spec/template/spec");
            Set<String> volumes = new TreeSet<>();
            Stream.concat(elements(pod.path("volumes")), elements(workload.at("/spec/volumeClaimTemplates")))
                    .forEach(volume ->
                            volumes.add(volume.has("name") ? volume.path("name").asText() : Overlay.nameOf(volume)));
            Set<String> mounted = elements(pod.at("/containers/0/volumeMounts"))
                    .map(mount -> mount.path("name").asText())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(mounted).isEqualTo(volumes).contains("tmp", "tls");
            // A file that a variable names lies under a volume.
            List<String> paths = elements(pod.at("/containers/0/volumeMounts"))
                    .map(mount -> mount.path("mountPath").asText() + "/")
                    .toList();
            assertThat(environment(overlay, workload).values().stream().filter(value -> value.startsWith("/")))
                    .allMatch(value -> paths.stream().anyMatch(value::startsWith));
            Set<String> secrets = new TreeSet<>();
            workload.findValues("secretKeyRef")
                    .forEach(key -> secrets.add(key.path("name").asText()));
            workload.findValues("secretName").forEach(name -> secrets.add(name.asText()));
            assertThat(secrets).allSatisfy(name -> assertThat(readme).contains("| `" + name + "` |"));
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void selectorsMeetTheLabelsTheyAreMeantFor(Overlay overlay) {
        for (JsonNode workload : overlay.workloads()) {
            JsonNode labels = workload.at("/spec/template/metadata/labels");
            assertThat(selects(workload.at("/spec/selector/matchLabels"), labels))
                    .isTrue();
            String name = Overlay.nameOf(workload);
            assertThat(selects(overlay.named("Service", name).at("/spec/selector"), labels))
                    .isTrue();
            JsonNode budget = overlay.named("PodDisruptionBudget", name);
            assertThat(selects(budget.at("/spec/selector/matchLabels"), labels)).isTrue();
            assertThat(budget.at("/spec/maxUnavailable").asInt()).isEqualTo(1);
            for (JsonNode spread : workload.at("/spec/template/spec/topologySpreadConstraints")) {
                assertThat(selects(spread.at("/labelSelector/matchLabels"), labels))
                        .isTrue();
            }
            for (JsonNode other : overlay.workloads()) {
                if (other != workload) {
                    assertThat(selects(
                                    overlay.named("Service", name).at("/spec/selector"),
                                    other.at("/spec/template/metadata/labels")))
                            .as(name + " takes the pods of another tier")
                            .isFalse();
                }
            }
        }
        overlay.ofKind("HorizontalPodAutoscaler")
                .forEach(scaler -> overlay.named(
                        scaler.at("/spec/scaleTargetRef/kind").asText(),
                        scaler.at("/spec/scaleTargetRef/name").asText()));
        overlay.ofKind("Ingress")
                .flatMap(ingress -> ingress.findValues("service").stream())
                .forEach(service -> assertThat(
                                overlay.named("Service", service.path("name").asText())
                                        .at("/spec/ports/0/name"))
                        .isEqualTo(service.at("/port/name")));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void podsAreClosedButForWhatAPolicyNames(Overlay overlay) {
        JsonNode pods = overlay.workloads().get(0).at("/spec/template/metadata/labels");
        JsonNode all = overlay.named("NetworkPolicy", "sluice").path("spec");
        assertThat(elements(all.path("policyTypes")).map(JsonNode::asText)).containsExactly("Ingress", "Egress");
        assertThat(all.path("ingress")).isEmpty();
        assertThat(overlay.ofKind("NetworkPolicy"))
                .allSatisfy(policy -> assertThat(selects(policy.at("/spec/podSelector/matchLabels"), pods))
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void topicsAreThoseThatTheServiceWouldMake(Overlay overlay) {
        Map<String, String> given = environment(overlay, overlay.workloads().get(0));
        int partitions = Integer.parseInt(given.get("SLUICE_KAFKA_PARTITIONS"));
        int replicas = Integer.parseInt(given.get("SLUICE_KAFKA_REPLICATION"));
        List<String> names = new ArrayList<>();
        overlay.ofKind("KafkaTopic").map(topic -> topic.path("spec")).forEach(topic -> {
            names.add(topic.path("topicName").asText());
            assertThat(topic.path("partitions").asInt()).isEqualTo(partitions);
            assertThat(topic.path("replicas").asInt()).isEqualTo(replicas);
            assertThat(topic.at("/config/min.insync.replicas").asInt()).isEqualTo(Math.max(1, replicas - 1));
        });
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Topic.values()).map(Topic::topicName).toList());
        assertThat(overlay.named("KafkaNodePool", "sluice-kafka")
                        .at("/spec/replicas")
                        .asInt())
                .isGreaterThanOrEqualTo(replicas);
        overlay.ofKind("HorizontalPodAutoscaler")
                .filter(scaler -> Overlay.nameOf(scaler).equals("sluice-rollup"))
                .forEach(scaler ->
                        assertThat(scaler.at("/spec/maxReplicas").asInt()).isLessThanOrEqualTo(partitions));
    }

    /** Names and values of a workload's container; an empty value where it comes from elsewhere. */
    private static Map<String, String> environment(Overlay overlay, JsonNode workload) {
        Map<String, String> variables = new TreeMap<>();
        JsonNode container = workload.at("/spec/template/spec/containers/0");
        elements(container.path("envFrom"))
                .forEach(from -> overlay.named(
                                "ConfigMap", from.at("/configMapRef/name").asText())
                        .path("data")
                        .fields()
                        .forEachRemaining(entry ->
                                variables.put(entry.getKey(), entry.getValue().asText())));
        elements(container.path("env"))
                .forEach(entry -> variables.put(
                        entry.path("name").asText(), entry.path("value").asText()));
        return variables;
    }

    private static List<JsonNode> containers(Overlay overlay) {
        return overlay.workloads().stream()
                .flatMap(workload -> {
                    JsonNode pod = workload.at("/spec/template/spec");
                    return Stream.concat(elements(pod.path("initContainers")), elements(pod.path("containers")));
                })
                .toList();
    }

    private static String component(JsonNode workload) {
        return workload.at("/spec/template/metadata/labels/app.kubernetes.io~1component")
                .asText();
    }

    private static boolean selects(JsonNode matchLabels, JsonNode labels) {
        assertThat(matchLabels).isNotEmpty();
        return StreamSupport.stream(((Iterable<Map.Entry<String, JsonNode>>) matchLabels::fields).spliterator(), false)
                .allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
