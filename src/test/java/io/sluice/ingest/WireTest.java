package io.sluice.ingest;

import static io.sluice.ingest.RawSocket.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 6455 octet by octet, after a good handshake: each violation ends in the right close frame. */
@QuarkusTest
class WireTest {
    private static final byte[] NOTHING = {};
    private static final String PACK = "[{\"n\":\"a\",\"v\":1}]";

    @TestHTTPResource
    URL url;

    @Inject
    MessageLog log;

    @BeforeEach
    void awaitKafka() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(log::isReady);
    }

    static Stream<Arguments> violations() {
        byte[] text = PACK.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                Arguments.of("RSV1", 1002, frame(true, 4, RawSocket.TEXT, text)),
                Arguments.of("RSV2", 1002, frame(true, 2, RawSocket.TEXT, text)),
                Arguments.of("RSV3", 1002, frame(true, 1, RawSocket.TEXT, text)),
                Arguments.of("opcode 3", 1002, frame(true, 0, 3, NOTHING)),
                Arguments.of("opcode 11", 1002, frame(true, 0, 11, NOTHING)),
                Arguments.of("ping of 126", 1002, frame(true, 0, RawSocket.PING, new byte[126])),
                Arguments.of("fragmented ping", 1002, frame(false, 0, RawSocket.PING, NOTHING)),
                Arguments.of("continuation of nothing", 1002, frame(true, 0, RawSocket.CONTINUATION, text)),
                Arguments.of(
                        "text within a message",
                        1002,
                        both(frame(false, 0, RawSocket.TEXT, text), frame(true, 0, RawSocket.TEXT, text))),
                Arguments.of("unmasked", 1002, HexFormat.of().parseHex("81025b5d")),
                Arguments.of("length not shortest", 1002, HexFormat.of().parseHex("81fe0002000000005b5d")),
                Arguments.of("close of one octet", 1002, frame(true, 0, RawSocket.CLOSE, new byte[1])),
                Arguments.of("close code 1005", 1002, frame(true, 0, RawSocket.CLOSE, new byte[] {3, (byte) 0xed})),
                Arguments.of("close code 999", 1002, frame(true, 0, RawSocket.CLOSE, new byte[] {3, (byte) 0xe7})),
                Arguments.of("close reason no UTF-8", 1007, frame(true, 0, RawSocket.CLOSE, new byte[] {
                    3, (byte) 0xe8, (byte) 0xff
                })),
                Arguments.of(
                        "bad UTF-8", 1007, frame(true, 0, RawSocket.TEXT, new byte[] {'[', (byte) 0xc0, (byte) 0xaf})),
                Arguments.of("truncated UTF-8", 1007, frame(true, 0, RawSocket.TEXT, new byte[] {'[', (byte) 0xe2})),
                Arguments.of("surrogate", 1007, frame(true, 0, RawSocket.TEXT, new byte[] {
                    (byte) 0xed, (byte) 0xa0, (byte) 0x80
                })),
                Arguments.of(
                        "bad UTF-8 in the first fragment", 1007, frame(false, 0, RawSocket.TEXT, new byte[] {(byte) 0xff
                        })),
                Arguments.of("a frame too big", 1009, HexFormat.of().parseHex("81ff000000000001000100000000")),
                Arguments.of(
                        "fragments too big",
                        1009,
                        both(
                                frame(false, 0, RawSocket.BINARY, new byte[40_000]),
                                frame(true, 0, RawSocket.CONTINUATION, new byte[40_000]))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("violations")
    void endsInTheRightCloseFrameAfterTheAck(String name, int code, byte[] octets) throws IOException {
        try (RawSocket raw = RawSocket.open(url.getPort(), "d11")) {
            raw.write(both(frame(true, 0, RawSocket.TEXT, PACK.getBytes(StandardCharsets.UTF_8)), octets));
            if (code == 1007 && !name.startsWith("close") || code == 1009) {
                assertThat(raw.next().text()).isEqualTo("{\"ack\":1}");
            }
            assertThat(raw.closeCode()).isEqualTo(code);
        }
    }

    static Stream<Arguments> tooBig() {
        return violations().filter(violation -> violation.get()[1].equals(1009));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("tooBig")
    void saysWhatWasTooBig(String name, int code, byte[] octets) throws IOException {
        try (RawSocket raw = RawSocket.open(url.getPort(), "d11")) {
            raw.write(octets);
            assertThat(raw.readClose().text()).endsWith("more than 65536 octets");
        }
    }

    @Test
    void answersPingsAlsoBetweenFragments() throws IOException {
        try (RawSocket raw = RawSocket.open(url.getPort(), "d12")) {
            raw.sendPart(RawSocket.TEXT, false, "");
            raw.send(RawSocket.PING, "hello");
            raw.sendPart(RawSocket.CONTINUATION, false, PACK.substring(0, 5));
            raw.sendPart(RawSocket.CONTINUATION, true, PACK.substring(5));
            RawSocket.Frame pong = raw.read();
            assertThat(pong.opcode()).isEqualTo(RawSocket.PONG);
            assertThat(pong.text()).isEqualTo("hello");
            assertThat(raw.next().text()).isEqualTo("{\"ack\":1}");
            raw.send(RawSocket.CLOSE, "");
            RawSocket.Frame close = raw.read();
            assertThat(close.opcode()).isEqualTo(RawSocket.CLOSE);
            assertThat(close.payload()).isEmpty();
            assertThat(raw.isEnded()).isTrue();
        }
    }

    @Test
    void takesTextSplitWithinACharacter() throws IOException {
        byte[] pack = "[{\"n\":\"a\",\"vs\":\"µ-é-€-😀\"}]".getBytes(StandardCharsets.UTF_8);
        try (RawSocket raw = RawSocket.open(url.getPort(), "d13")) {
            for (int i = 0; i < pack.length; i++) {
                raw.write(frame(
                        i == pack.length - 1, 0, i == 0 ? RawSocket.TEXT : RawSocket.CONTINUATION, new byte[] {pack[i]
                        }));
            }
            assertThat(raw.next().text()).isEqualTo("{\"ack\":1}");
        }
    }

    @Test
    void stopsReadingAPeerThatSendsWithoutReading() throws IOException {
        try (RawSocket raw = RawSocket.open(url.getPort(), "d14")) {
            raw.socket().setSoTimeout(2_000);
            byte[] ping = frame(true, 0, RawSocket.PING, new byte[120]);
            byte[] pings = new byte[ping.length * 500];
            for (int i = 0; i + ping.length <= pings.length; i += ping.length) {
                System.arraycopy(ping, 0, pings, i, ping.length);
            }
            long limit = 64L << 20;
            long[] sent = {0};
            Thread writer = new Thread(() -> {
                try {
                    while (sent[0] < limit) {
                        raw.write(pings);
                        sent[0] += pings.length;
                    }
                } catch (IOException e) {
                    // closed by the test
                }
            });
            writer.start();
            long[] seen = {-1};
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        boolean stuck = sent[0] == seen[0];
                        seen[0] = sent[0];
                        return stuck || sent[0] >= limit;
                    });
            assertThat(sent[0])
                    .as("octets taken from a peer that reads nothing")
                    .isLessThan(limit);
        } catch (SocketTimeoutException | SocketException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] both(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
