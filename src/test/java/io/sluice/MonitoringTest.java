package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Dashboard and alert rules ask for nothing that nobody counts. Their language itself is not checked here. */
class MonitoringTest {
    private static final Path FOLDER = Path.of("k8s/components/monitoring");
    private static final Pattern METRIC = Pattern.compile("\\b(?:sluice|jvm|process|system|http|kafka)_\\w+");
    private static final Pattern LABEL = Pattern.compile("by \\((\\w+)\\)|\\{(\\w+)=");
    /** Of the JVM's metrics, those that are used. */
    private static final Set<String> OTHERS = Set.of("jvm_memory_used_bytes", "process_cpu_usage", "system_cpu_count");
    /** What Prometheus or a histogram adds. */
    private static final Set<String> ADDED_LABELS = Set.of("pod", "instance", "le", "area");

    @Test
    void everyAlertAsksForDocumentedMetricsAndSaysWhatToDo() throws IOException {
        JsonNode rules =
                new YAMLMapper().readTree(FOLDER.resolve("rules.yaml").toFile()).at("/spec/groups/0/rules");
        assertThat(rules).hasSizeGreaterThan(5);
        List<String> names = new ArrayList<>();
        for (JsonNode rule : rules) {
            names.add(rule.path("alert").asText());
            assertDocumented(rule.path("expr").asText());
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
            assertThat(rule.at("/annotations/description").asText()).isNotEmpty();
        }
        assertThat(names)
                .doesNotHaveDuplicates()
                .contains("SluiceLag", "SluiceRejects", "SluiceReconnectStorm", "SluiceCertificateEnds");
    }

    @Test
    void everyPanelAsksForDocumentedMetrics() throws IOException {
        JsonNode dashboard =
                new ObjectMapper().readTree(FOLDER.resolve("sluice.json").toFile());
        assertThat(dashboard.path("panels")).isNotEmpty();
        List<JsonNode> expressions = dashboard.findValues("expr");
        assertThat(expressions)
                .hasSizeGreaterThanOrEqualTo(dashboard.path("panels").size());
        for (JsonNode expression : expressions) {
            assertDocumented(expression.asText());
        }
    }

    private static void assertDocumented(String expression) throws IOException {
        Map<String, Set<String>> documented = DocumentedMetrics.labelsByName();
        List<String> metrics = METRIC.matcher(expression)
                .results()
                .map(match -> match.group().replaceAll("_seconds_(bucket|count|sum)$", "_seconds"))
                .toList();
        assertThat(metrics)
                .as(expression)
                .isNotEmpty()
                .allMatch(metric -> documented.containsKey(metric) || OTHERS.contains(metric));
        List<String> labels = LABEL.matcher(expression)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .toList();
        assertThat(labels)
                .as(expression)
                .allMatch(label -> ADDED_LABELS.contains(label)
                        || metrics.stream()
                                .anyMatch(metric -> documented
                                        .getOrDefault(metric, Set.of())
                                        .contains(label)));
    }
}
