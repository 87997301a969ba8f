package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The document that the service gives of itself, taken strictly: an object has no members but those that its schema names. An
 * answer is held against it by {@link #check}.
 */
final class OpenApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private final ObjectNode document;
    private final Set<String> members = new TreeSet<>();

    private OpenApi(ObjectNode document) {
        this.document = document;
        document.at("/components/schemas").forEach(OpenApi::close);
    }

    static OpenApi of(String json) throws IOException {
        return new OpenApi((ObjectNode) JSON.readTree(json));
    }

    /** What can succeed how, such as {@code POST /api/devices 201}. */
    Set<String> successes() {
        Set<String> all = new TreeSet<>();
        document.get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(operation -> {
                    if (METHODS.contains(operation.getKey())) {
                        String name = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey() + " ";
                        operation.getValue().get("responses").fieldNames().forEachRemaining(status -> {
                            if (!status.equals("default")) {
                                all.add(name + status);
                            }
                        });
                    }
                }));
        return all;
    }

    /** Members of documented objects, such as {@code DeviceView.id}, that were in no answer yet. */
    Set<String> unseenMembers() {
        Set<String> all = new TreeSet<>();
        document.at("/components/schemas")
                .fields()
                .forEachRemaining(schema -> schema.getValue()
                        .path("properties")
                        .fieldNames()
                        .forEachRemaining(member -> all.add(schema.getKey() + "." + member)));
        all.removeAll(members);
        return all;
    }

    /** @param path as the document has it, with its parameters in braces */
    void check(String method, String path, Response answer) throws IOException {
        String what = method + " " + path + " " + answer.statusCode();
        JsonNode responses = document.path("paths")
                .path(path)
                .path(method.toLowerCase(Locale.ROOT))
                .path("responses");
        String status = Integer.toString(answer.statusCode());
        assertThat(responses.has(status) || answer.statusCode() >= 400)
                .as("%s is documented: %s", what, responses)
                .isTrue();
        JsonNode response = resolve(responses.path(responses.has(status) ? status : "default"));
        byte[] body = answer.asByteArray();
        if (!response.has("content")) {
            assertThat(new String(body, StandardCharsets.UTF_8))
                    .as("%s: %s", what, response)
                    .isEmpty();
            return;
        }
        String type = answer.contentType().replaceAll(";.*", "");
        assertThat(response.get("content").has(type))
                .as("%s as %s: %s", what, type, response)
                .isTrue();
        JsonNode schema = response.get("content").get(type).get("schema");
        for (JsonNode value : values(type, body)) {
            validate(what, schema, value);
            see(schema, value);
        }
    }

    private static List<JsonNode> values(String type, byte[] body) throws IOException {
        if (type.endsWith("json")) {
            List<JsonNode> values = new ArrayList<>();
            try (var lines = JSON.readerFor(JsonNode.class).<JsonNode>readValues(body)) {
                lines.forEachRemaining(values::add);
            }
            assertThat(values).isNotEmpty();
            return values;
        }
        return List.of(JSON.getNodeFactory().textNode(new String(body, StandardCharsets.UTF_8)));
    }

    private void validate(String what, JsonNode schema, JsonNode value) {
        ObjectNode whole = document.objectNode();
        whole.setAll((ObjectNode) schema);
        whole.set("components", document.get("components"));
        assertThat(SCHEMAS.getSchema(whole).validate(value))
                .as("%s: %s by %s", what, value, schema)
                .isEmpty();
    }

    private void see(JsonNode schema, JsonNode value) {
        String name = schema.path("$ref").asText().replaceAll(".*/", "");
        JsonNode object = resolve(schema);
        value.forEach(item -> see(object.path("items"), item));
        object.path("properties").fields().forEachRemaining(member -> {
            if (value.has(member.getKey())) {
                members.add(name + "." + member.getKey());
                see(member.getValue(), value.get(member.getKey()));
            }
        });
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static void close(JsonNode schema) {
        if (schema.has("properties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
        schema.forEach(OpenApi::close);
    }
}
