package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ProtocolVectors;
import io.sluice.protocol.Encoding;
import io.sluice.senml.DecoderLimits;
import io.sluice.telemetry.BoundedMetrics;
import io.sluice.telemetry.MetricRule;
import io.sluice.telemetry.Profile;
import io.sluice.telemetry.RejectCode;
import io.sluice.telemetry.Rules;
import io.sluice.telemetry.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every code of device protocol section 3 at its bounds: a message, and what becomes of its records. */
class RecordVectorsTest {
    private static final JsonNode FILE = ProtocolVectors.file("records.json");

    /** As a vector writes it. */
    private record Refused(String code, List<Integer> records) {}

    static Stream<Named<JsonNode>> vectors() {
        return ProtocolVectors.of("records.json")
                .map(vector -> Named.of(vector.get("name").asText(), vector));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void isJudgedAsTheVectorSays(JsonNode vector) {
        BoundedMetrics metrics = new BoundedMetrics(FILE.get("maxMetrics").asInt());
        vector.path("known").forEach(name -> metrics.admit(name.asText()));
        Rules rules = new Rules(
                FILE.get("futureToleranceSeconds").asDouble(),
                FILE.get("pastToleranceSeconds").asDouble());
        Judgement judgement = new PackJudge(DecoderLimits.DEFAULT, rules)
                .judge(
                        FILE.get("device").asText(),
                        profile(vector.get("profile").asText()),
                        metrics,
                        message(vector).getBytes(StandardCharsets.UTF_8),
                        Encoding.JSON,
                        FILE.get("now").asLong() * 1_000);

        assertThat(judgement.letters().stream()
                        .map(letter -> new Refused(
                                letter.rejection().code().wireName(),
                                letter.rejection().records()))
                        .toList())
                .isEqualTo(expected(vector));
        assertThat(judgement.accepted()).isEqualTo(vector.get("accepted").asInt());
        assertThat(judgement.pack() == null).isEqualTo(judgement.accepted() == 0);
        for (JsonNode unit : vector.path("units")) {
            assertThat(new String(judgement.pack(), StandardCharsets.UTF_8))
                    .contains("\"u\":\"" + unit.asText() + "\"");
        }
    }

    @Test
    void everyCodeHasItsVector() {
        Set<String> met = new HashSet<>();
        ProtocolVectors.of("records.json")
                .forEach(vector -> vector.get("rejected")
                        .forEach(each -> met.add(each.get("code").asText())));
        assertThat(met)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(RejectCode.values())
                        .map(RejectCode::wireName)
                        .toList());
    }

    private static List<Refused> expected(JsonNode vector) {
        List<Refused> expected = new ArrayList<>();
        for (JsonNode each : vector.get("rejected")) {
            List<Integer> records = new ArrayList<>();
            each.get("records").forEach(index -> records.add(index.asInt()));
            expected.add(new Refused(each.get("code").asText(), records));
        }
        return expected;
    }

    private static String message(JsonNode vector) {
        if (vector.has("text")) {
            return vector.get("text").asText();
        }
        if (vector.has("pack")) {
            return vector.get("pack").toString();
        }
        JsonNode repeat = vector.get("repeat");
        String record = repeat.get("record").toString();
        return "[" + (record + ",").repeat(repeat.get("times").asInt() - 1) + record + "]";
    }

    private static Profile profile(String name) {
        JsonNode profile = FILE.get("profiles").get(name);
        Map<String, MetricRule> rules = new HashMap<>();
        for (JsonNode metric : profile.get("metrics")) {
            rules.put(
                    metric.get("name").asText(),
                    new MetricRule(
                            metric.get("name").asText(),
                            metric.has("unit") ? metric.get("unit").asText() : null,
                            type(metric),
                            metric.path("min").asDouble(Double.NEGATIVE_INFINITY),
                            metric.path("max").asDouble(Double.POSITIVE_INFINITY)));
        }
        return new Profile(name, profile.get("strict").asBoolean(), 1_000, 2_000, rules);
    }

    private static @Nullable ValueType type(JsonNode metric) {
        return metric.has("type")
                ? ValueType.valueOf(metric.get("type").asText().toUpperCase(Locale.ROOT))
                : null;
    }
}
