package io.sluice.senml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ProtocolVectors;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** One line of {@code senml-json.json} or {@code senml-cbor.json}, or of the files that {@code devices-sim} writes by. */
record PackVector(String name, boolean json, byte[] message, double now, DecoderLimits limits, JsonNode expected) {

    static Stream<Named<PackVector>> all() {
        return Stream.of(
                        file("senml-json.json", true),
                        file("senml-cbor.json", false),
                        file("simulator-json.json", true),
                        file("simulator-cbor.json", false))
                .flatMap(vectors -> vectors)
                .map(v -> Named.of((v.json ? "JSON: " : "CBOR: ") + v.name, v));
    }

    PackDecoder decoder() {
        return json ? new JsonPackDecoder(limits) : new CborPackDecoder(limits);
    }

    boolean isRefused() {
        return expected.has("code");
    }

    private static Stream<PackVector> file(String file, boolean json) {
        double now = ProtocolVectors.file(file).get("now").asDouble();
        return ProtocolVectors.of(file)
                .map(v -> new PackVector(
                        v.get("name").asText(),
                        json,
                        message(v, json),
                        v.path("now").asDouble(now),
                        new DecoderLimits(
                                v.path("maxRecords").asInt(DecoderLimits.DEFAULT.maxRecords()),
                                v.path("maxResolvedBytes").asInt(DecoderLimits.DEFAULT.maxResolvedBytes())),
                        v));
    }

    private static byte[] message(JsonNode vector, boolean json) {
        if (vector.has("text")) {
            return vector.get("text").asText().getBytes(StandardCharsets.UTF_8);
        }
        if (vector.has("hex")) {
            return HexFormat.of().parseHex(vector.get("hex").asText());
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (JsonNode part : vector.get("parts")) {
            String piece = part.get(0).asText();
            byte[] octets = json
                    ? piece.getBytes(StandardCharsets.UTF_8)
                    : HexFormat.of().parseHex(piece);
            for (int i = 0; i < part.get(1).asInt(); i++) {
                message.writeBytes(octets);
            }
        }
        return message.toByteArray();
    }
}
