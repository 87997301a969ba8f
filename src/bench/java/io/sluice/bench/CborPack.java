package io.sluice.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** A SenML pack in JSON as the same pack in CBOR, with the integer labels of RFC 8428, section 6, and definite lengths. */
final class CborPack {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CBORFactory CBOR = new CBORFactory();
    private static final Map<String, Integer> LABELS = Map.of("bt", -3, "n", 0, "u", 1, "v", 2, "t", 6);

    private CborPack() {}

    static byte[] of(String pack) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (CBORGenerator cbor = CBOR.createGenerator(octets)) {
            JsonNode records = JSON.readTree(pack);
            cbor.writeStartArray(null, records.size());
            for (JsonNode record : records) {
                cbor.writeStartObject(null, record.size());
                for (Map.Entry<String, JsonNode> member : record.properties()) {
                    cbor.writeFieldId(LABELS.get(member.getKey()));
                    write(cbor, member.getValue());
                }
                cbor.writeEndObject();
            }
            cbor.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }

    private static void write(CBORGenerator cbor, JsonNode value) throws IOException {
        if (value.isTextual()) {
            cbor.writeString(value.asText());
        } else if (value.isInt()) {
            cbor.writeNumber(value.asInt());
        } else {
            cbor.writeNumber(value.asDouble());
        }
    }
}
