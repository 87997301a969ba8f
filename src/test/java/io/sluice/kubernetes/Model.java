package io.sluice.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Kubernetes' own model of its objects, as its Java client was generated from it. Strict: a field that the model does not
 * have is a fault, not ignored as a server might.
 */
final class Model {
    private static final String PACKAGE = "io.kubernetes.client.openapi.models.";

    /** Kinds that an operator brings to the cluster; the client has no model of them. */
    private static final Map<String, Set<String>> CUSTOM = Map.of(
            "kafka.strimzi.io/v1", Set.of("Kafka", "KafkaNodePool", "KafkaTopic", "KafkaUser"),
            "postgresql.cnpg.io/v1", Set.of("Cluster"),
            "monitoring.coreos.com/v1", Set.of("ServiceMonitor", "PrometheusRule"));

    private Model() {}

    /** What is wrong with the object; empty where nothing is, or where it is one of the custom kinds. */
    static Optional<String> fault(JsonNode object) {
        String version = object.path("apiVersion").asText();
        String kind = object.path("kind").asText();
        if (CUSTOM.getOrDefault(version, Set.of()).contains(kind)) {
            return Optional.empty();
        }
        JsonElement element = JsonParser.parseString(object.toString());
        String name = version.substring(version.indexOf('/') + 1);
        String type = PACKAGE + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + kind;
        try {
            Class.forName(type)
                    .getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, element);
            return Optional.empty();
        } catch (ClassNotFoundException e) {
            return Optional.of("no kind " + kind + " in " + version);
        } catch (InvocationTargetException e) {
            return Optional.of(String.valueOf(e.getCause().getMessage()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
