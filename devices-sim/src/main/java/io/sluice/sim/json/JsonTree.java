package io.sluice.sim.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON or CBOR document as maps, lists, strings, booleans, longs and doubles. For small documents: frames and REST answers. */
public final class JsonTree {
    private static final JsonFactory JSON = new JsonFactory();
    private static final CBORFactory CBOR = new CBORFactory();

    private JsonTree() {}

    /** @throws IOException where the text is not one JSON object and nothing else */
    public static Map<String, @Nullable Object> object(String text) throws IOException {
        try (JsonParser in = JSON.createParser(text)) {
            return onlyObject(in);
        }
    }

    /**
     * The same of CBOR.
     *
     * @throws IOException where the octets are not one map and nothing else
     */
    public static Map<String, @Nullable Object> object(byte[] cbor) throws IOException {
        try (JsonParser in = CBOR.createParser(cbor)) {
            return onlyObject(in);
        }
    }

    private static Map<String, @Nullable Object> onlyObject(JsonParser in) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("not an object");
        }
        Map<String, @Nullable Object> object = readObject(in);
        if (in.nextToken() != null) {
            throw new IOException("something follows the object");
        }
        return object;
    }

    /** The member as an object; empty where it is none. */
    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable Object> child(Map<String, @Nullable Object> object, String name) {
        return object.get(name) instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    public static String text(Map<String, @Nullable Object> object, String name, String otherwise) {
        return object.get(name) instanceof String text ? text : otherwise;
    }

    public static long integer(Map<String, @Nullable Object> object, String name, long otherwise) {
        return object.get(name) instanceof Long number ? number : otherwise;
    }

    private static Map<String, @Nullable Object> readObject(JsonParser in) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            object.put(name, readValue(in));
        }
        return object;
    }

    private static List<@Nullable Object> readArray(JsonParser in) throws IOException {
        List<@Nullable Object> array = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            array.add(readValue(in));
        }
        return array;
    }

    private static @Nullable Object readValue(JsonParser in) throws IOException {
        JsonToken token = in.currentToken();
        if (token == null) {
            throw new IOException("unexpected end");
        }
        switch (token) {
            case START_OBJECT:
                return readObject(in);
            case START_ARRAY:
                return readArray(in);
            case VALUE_STRING:
                return in.getText();
            case VALUE_TRUE:
                return true;
            case VALUE_FALSE:
                return false;
            case VALUE_NULL:
                return null;
            case VALUE_NUMBER_INT:
                return in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) in.getDoubleValue()
                        : (Object) in.getLongValue();
            case VALUE_NUMBER_FLOAT:
                return in.getDoubleValue();
            default:
                throw new IOException("unexpected " + token);
        }
    }
}
