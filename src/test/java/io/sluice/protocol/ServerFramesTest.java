package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.telemetry.RejectCode;
import io.sluice.telemetry.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The frames of device protocol section 2, octet by octet in both encodings. */
class ServerFramesTest {
    private final ServerFrames json = new ServerFrames(Encoding.JSON);
    private final ServerFrames cbor = new ServerFrames(Encoding.CBOR);

    @Test
    void welcomes() {
        assertThat(text(json.welcome("pump-7", "s1", "e1", 1, Limits.DEFAULT, 1_763_632_800_023L)))
                .isEqualTo("{\"welcome\":{\"device\":\"pump-7\",\"session\":\"s1\",\"epoch\":\"e1\",\"next\":1,"
                        + "\"window\":256,\"maxMessageBytes\":65536,\"maxRecords\":1000,\"heartbeatSeconds\":25,"
                        + "\"time\":1763632800.023}}");
        assertThat(hex(cbor.welcome("p", "s", "e", Numbering.MAX, Limits.DEFAULT, 1_500L)))
                .isEqualTo("a1" + "67" + ascii("welcome") + "a9" + "66" + ascii("device") + "61" + ascii("p") + "67"
                        + ascii("session") + "61" + ascii("s") + "65" + ascii("epoch") + "61" + ascii("e") + "64"
                        + ascii("next") + "1b001fffffffffffff" + "66" + ascii("window") + "190100" + "6f"
                        + ascii("maxMessageBytes") + "1a00010000" + "6a" + ascii("maxRecords") + "1903e8" + "70"
                        + ascii("heartbeatSeconds") + "1819" + "64" + ascii("time") + "fb3ff8000000000000");
    }

    @Test
    void acknowledges() {
        assertThat(text(json.ack(42))).isEqualTo("{\"ack\":42}");
        assertThat(hex(cbor.ack(42))).isEqualTo("a163" + ascii("ack") + "182a");
    }

    @Test
    void rejects() {
        Rejection some = new Rejection(RejectCode.OUT_OF_RANGE, "a \"b\" \\ µ", List.of(3, 5));
        assertThat(text(json.reject(42, some)))
                .isEqualTo("{\"reject\":{\"seq\":42,\"code\":\"out-of-range\",\"detail\":\"a \\\"b\\\" \\\\ µ\","
                        + "\"records\":[3,5]}}");
        Rejection whole = Rejection.ofMessage(RejectCode.MALFORMED, "x");
        assertThat(text(json.reject(1, whole)))
                .isEqualTo("{\"reject\":{\"seq\":1,\"code\":\"malformed\",\"detail\":\"x\"}}");
        assertThat(hex(cbor.reject(1, new Rejection(RejectCode.MALFORMED, "x", List.of(2)))))
                .isEqualTo("a166" + ascii("reject") + "a4" + "63" + ascii("seq") + "01" + "64" + ascii("code") + "69"
                        + ascii("malformed") + "66" + ascii("detail") + "6178" + "67" + ascii("records") + "8102");
    }

    @Test
    void slowsDownAndSendsAway() {
        assertThat(text(json.slowdown(500))).isEqualTo("{\"slowdown\":{\"retryAfterMs\":500}}");
        assertThat(text(json.goaway("restart", 8123)))
                .isEqualTo("{\"goaway\":{\"reason\":\"restart\",\"reconnectAfterMs\":8123}}");
        assertThat(text(json.error(ControlFrame.UNKNOWN)))
                .startsWith("{\"error\":{\"code\":\"unknown-control\",\"detail\":\"");
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    private static String ascii(String text) {
        return hex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
