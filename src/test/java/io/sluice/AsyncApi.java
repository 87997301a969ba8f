package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.yaml.snakeyaml.Yaml;

/** The document {@code docs/asyncapi.yaml}, and what it says of a message. */
public final class AsyncApi {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);

    private final ObjectNode document;
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    private AsyncApi(ObjectNode document) {
        this.document = document;
    }

    public static AsyncApi read() throws IOException {
        Object yaml = new Yaml().load(Files.readString(Path.of("docs/asyncapi.yaml")));
        return new AsyncApi(new ObjectMapper().valueToTree(yaml));
    }

    JsonNode at(String pointer) {
        return document.at(pointer);
    }

    /** Where channels are: paths of WebSockets, names of topics. */
    Set<String> addresses() {
        Set<String> addresses = new TreeSet<>();
        document.get("channels")
                .forEach(channel -> addresses.add(channel.get("address").asText()));
        return addresses;
    }

    /** What a schema lists as the values that there can be. */
    Set<String> values(String schema) {
        Set<String> values = new TreeSet<>();
        at("/components/schemas/" + schema + "/enum").forEach(value -> values.add(value.asText()));
        return values;
    }

    /** The names of the frames that there can be, each an object with one member. */
    Set<String> frames(String schema) {
        Set<String> names = new TreeSet<>();
        at("/components/schemas/" + schema + "/oneOf")
                .forEach(frame -> names.add(at(frame.get("$ref").asText().substring(1))
                        .at("/required/0")
                        .asText()));
        assertThat(names).isNotEmpty();
        return names;
    }

    public void check(String schema, JsonNode message) {
        assertThat(schemas.computeIfAbsent(schema, this::compile).validate(message))
                .as("%s by the schema %s", message, schema)
                .isEmpty();
    }

    private JsonSchema compile(String name) {
        assertThat(at("/components/schemas/" + name).isMissingNode()).as(name).isFalse();
        ObjectNode schema = document.objectNode();
        schema.put("$ref", "#/components/schemas/" + name);
        schema.set("components", document.get("components"));
        return SCHEMAS.getSchema(schema);
    }
}
