package io.sluice.platform;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object that is being read, each asked for once. One that is absent or null is null; one of another
 * type, or that nobody asked for, is refused by its path. Nothing is converted: a number is no text.
 */
public final class RequestFields {
    private final JsonNode object;
    private final Class<?> type;
    private final Set<String> asked = new TreeSet<>();

    private RequestFields(JsonNode object, Class<?> type) {
        this.object = object;
        this.type = type;
    }

    /** Makes a value of an object's fields. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(RequestFields fields) throws JsonMappingException;
    }

    /** @throws JsonMappingException where it is no object, or one with wrong or unknown fields */
    public static <T> T read(JsonNode node, Class<T> type, Reader<T> reader) throws JsonMappingException {
        if (!node.isObject()) {
            throw MismatchedInputException.from(null, type, "is no object");
        }
        RequestFields fields = new RequestFields(node, type);
        T value = reader.read(fields);
        fields.refuseUnknown();
        return value;
    }

    public static <T> StdDeserializer<T> deserializer(Class<T> type, Reader<T> reader) {
        return new Deserializer<>(type, reader);
    }

    public @Nullable String text(String name) throws JsonMappingException {
        JsonNode value = value(name, JsonNode::isTextual);
        return value == null ? null : value.textValue();
    }

    public @Nullable Boolean flag(String name) throws JsonMappingException {
        JsonNode value = value(name, JsonNode::isBoolean);
        return value == null ? null : value.booleanValue();
    }

    /** Without a fraction, and of 32 bits. */
    public @Nullable Integer whole(String name) throws JsonMappingException {
        JsonNode value = value(name, node -> node.isIntegralNumber() && node.canConvertToInt());
        return value == null ? null : value.intValue();
    }

    public @Nullable Double number(String name) throws JsonMappingException {
        JsonNode value = value(name, JsonNode::isNumber);
        return value == null ? null : value.doubleValue();
    }

    /** Of objects; a null in it stays one. */
    public <T> @Nullable List<@Nullable T> list(String name, Class<T> itemType, Reader<T> reader)
            throws JsonMappingException {
        JsonNode array = value(name, JsonNode::isArray);
        if (array == null) {
            return null;
        }
        List<@Nullable T> items = new ArrayList<>(array.size());
        for (JsonNode item : array) {
            try {
                items.add(item.isNull() ? null : read(item, itemType, reader));
            } catch (JsonMappingException e) {
                e.prependPath(items, items.size());
                e.prependPath(type, name);
                throw e;
            }
        }
        return items;
    }

    private @Nullable JsonNode value(String name, Predicate<JsonNode> fits) throws JsonMappingException {
        asked.add(name);
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!fits.test(value)) {
            MismatchedInputException wrong = MismatchedInputException.from(null, type, "is of another type");
            wrong.prependPath(type, name);
            throw wrong;
        }
        return value;
    }

    private void refuseUnknown() throws JsonMappingException {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!asked.contains(name)) {
                UnrecognizedPropertyException unknown = new UnrecognizedPropertyException(
                        null, "is unknown", JsonLocation.NA, type, name, List.copyOf(asked));
                unknown.prependPath(type, name);
                throw unknown;
            }
        }
    }

    private static final class Deserializer<T> extends StdDeserializer<T> {
        private final Class<T> type;
        private final transient Reader<T> reader;

        Deserializer(Class<T> type, Reader<T> reader) {
            super(type);
            this.type = type;
            this.reader = reader;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!json.isExpectedStartObjectToken()) {
                throw MismatchedInputException.from(json, type, "is no object");
            }
            return read(context.readTree(json), type, reader);
        }
    }
}
