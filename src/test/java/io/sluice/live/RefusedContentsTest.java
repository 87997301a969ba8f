package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedContentsTest {
    private static final String JSON = "application/senml+json";

    private final RefusedContents contents = new RefusedContents(2);

    private void keep(long offset, byte[] value, String type) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("readings.rejected", 3, offset, new byte[0], value);
        record.headers().add("content-type", type.getBytes(StandardCharsets.UTF_8));
        contents.keep(record);
    }

    private JsonNode shown(long offset) throws IOException {
        byte[] item = "{\"device\":\"d\"}".getBytes(StandardCharsets.UTF_8);
        return new ObjectMapper()
                .readTree(contents.addTo(new Board.Newest(SeriesKey.ofDevice("d", null, "c"), item, 3, offset)));
    }

    @Test
    void showsTextAsItIs() throws IOException {
        keep(1, "[{\"n\":\"\\u00b0\"}]".getBytes(StandardCharsets.UTF_8), JSON);
        assertThat(shown(1).get("device").textValue()).isEqualTo("d");
        assertThat(shown(1).get("content").textValue()).isEqualTo("[{\"n\":\"\\u00b0\"}]");
        assertThat(shown(1).get("contentBytes").intValue()).isEqualTo(16);
    }

    @Test
    void showsOctetsInHexadecimalDigits() throws IOException {
        keep(1, new byte[] {(byte) 0x81, (byte) 0xa0}, "application/senml+cbor");
        assertThat(shown(1).get("content").textValue()).isEqualTo("81a0");
        assertThat(shown(1).get("contentType").textValue()).isEqualTo("application/senml+cbor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "xx", "xxx", "xxxx"})
    void cutsALongOneBetweenCharacters(String before) throws IOException {
        keep(1, (before + "\uD83D\uDE00".repeat(500)).getBytes(StandardCharsets.UTF_8), JSON);
        String content = shown(1).get("content").textValue();
        assertThat(content).matches(before + "(\uD83D\uDE00){249}");
        assertThat(shown(1).get("contentBytes").intValue()).isEqualTo(before.length() + 2_000);
    }

    @Test
    void leavesOutWhatThereIsNot() throws IOException {
        keep(1, new byte[0], "application/octet-stream");
        assertThat(shown(1).has("content")).isFalse();
    }

    @Test
    void forgetsTheOldest() throws IOException {
        for (int offset = 1; offset <= 3; offset++) {
            keep(offset, new byte[] {'1'}, JSON);
        }
        assertThat(shown(1).has("content")).isFalse();
        assertThat(shown(2).has("content")).isTrue();
    }
}
