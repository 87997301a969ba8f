package io.sluice.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ProtocolVectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricNameTest {
    static Stream<Named<JsonNode>> vectors() {
        return ProtocolVectors.of("metric-names.json")
                .map(v -> Named.of(v.get("name").asText(), v));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void stripsAsTheVectorsSay(JsonNode vector) {
        String device = vector.get("device").asText();
        String resolved = vector.get("resolved").asText();
        assertThat(MetricName.strip(device, resolved))
                .isEqualTo(vector.get("metric").asText());
    }

    @Test
    void aNameWithoutPrefixIsTheSameObject() {
        String name = new String("temperature");
        assertThat(MetricName.strip("pump-7", name)).isSameAs(name);
    }
}
