package io.sluice.sim.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sim.json.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors say which octets this project writes for which records; the service reads the same files the other way. */
class PackWriterTest {
    private static final Path VECTORS = Path.of("../src/test/resources/protocol");
    private static final String DEVICE = "pump-7";

    record Vector(String name, byte[] octets, List<Reading> readings) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vector> json() throws IOException {
        return vectors(
                "simulator-json.json",
                vector -> JsonTree.text(vector, "text", "").getBytes(StandardCharsets.UTF_8));
    }

    static Stream<Vector> cbor() throws IOException {
        return vectors("simulator-cbor.json", vector -> HexFormat.of().parseHex(JsonTree.text(vector, "hex", "")));
    }

    @ParameterizedTest
    @MethodSource("json")
    void writesJson(Vector vector) {
        assertThat(Encoding.JSON.writer().write(DEVICE, vector.readings()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(new String(vector.octets(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("cbor")
    void writesCbor(Vector vector) {
        assertThat(HexFormat.of().formatHex(Encoding.CBOR.writer().write(DEVICE, vector.readings())))
                .isEqualTo(HexFormat.of().formatHex(vector.octets()));
    }

    @Test
    void refusesAnEmptyPackAndNumbersThatSenmlHasNoWordsFor() {
        for (Encoding encoding : Encoding.values()) {
            assertThatThrownBy(() -> encoding.writer().write(DEVICE, List.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Value.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Value.of(Double.NEGATIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void longPacksAndNamesGetTheLongHeads() {
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            readings.add(new Reading("m".repeat(200), null, 1_763_632_800_000L, Value.of(i)));
        }
        byte[] pack = Encoding.CBOR.writer().write(DEVICE, readings);
        assertThat(HexFormat.of().formatHex(pack, 0, 4)).isEqualTo("99012ca4");
        assertThat(HexFormat.of().formatHex(pack)).contains("0078c86d6d").endsWith("0219012b");
    }

    private interface Octets {
        byte[] of(Map<String, @Nullable Object> vector);
    }

    @SuppressWarnings("unchecked")
    private static Stream<Vector> vectors(String file, Octets octets) throws IOException {
        Map<String, @Nullable Object> all = JsonTree.object(Files.readString(VECTORS.resolve(file)));
        List<Map<String, @Nullable Object>> vectors = (List<Map<String, @Nullable Object>>) all.get("vectors");
        assertThat(vectors).isNotEmpty();
        return vectors.stream()
                .map(vector -> new Vector(
                        JsonTree.text(vector, "name", ""),
                        octets.of(vector),
                        ((List<Map<String, @Nullable Object>>) vector.get("records"))
                                .stream().map(PackWriterTest::reading).toList()));
    }

    private static Reading reading(Map<String, @Nullable Object> entry) {
        Object number = entry.get("v");
        Object flag = entry.get("vb");
        Value value = number instanceof Number v
                ? Value.of(v.doubleValue())
                : flag instanceof Boolean b ? Value.of(b) : Value.of(JsonTree.text(entry, "vs", ""));
        return new Reading(
                JsonTree.text(entry, "n", "").substring(DEVICE.length() + 1),
                (String) entry.get("u"),
                Math.round(((Number) entry.get("t")).doubleValue() * 1_000),
                value);
    }
}
