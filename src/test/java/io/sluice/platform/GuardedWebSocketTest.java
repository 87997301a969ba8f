package io.sluice.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.sluice.platform.ReadGate.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Delivery, back-pressure and violations, without a socket. */
class GuardedWebSocketTest {
    private static final int TEXT = 1;
    private static final int PING = 9;
    private static final WireLimits LIMITS = new WireLimits(65_536, Duration.ofSeconds(10), Duration.ofSeconds(2));

    private final List<String> delivered = new ArrayList<>();
    private final List<Integer> violations = new ArrayList<>();
    private final List<Throwable> faults = new ArrayList<>();
    private boolean broken;
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final GuardedWebSocket socket;

    GuardedWebSocketTest() {
        channel.pipeline().addLast("httpDecoder", new HttpRequestDecoder());
        channel.pipeline().addLast("handler", new ChannelInboundHandlerAdapter());
        socket = GuardedWebSocket.install(channel.pipeline(), LIMITS);
        channel.pipeline()
                .replace(
                        HttpRequestDecoder.class,
                        "wsdecoder",
                        new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                                .expectMaskedFrames(true)
                                .closeOnProtocolViolation(false)
                                .build()));
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    @Test
    void deliversNothingBeforeItIsOpened() {
        write(frame(TEXT, "a"));
        assertThat(delivered).isEmpty();
        open();
        assertThat(delivered).containsExactly("a");
    }

    @Test
    void deliversOneMessageAtATime() {
        open();
        write(frame(TEXT, "a"), frame(TEXT, "b"));
        assertThat(delivered).containsExactly("a");
        assertThat(reading()).isFalse();
        socket.delivered();
        assertThat(delivered).containsExactly("a", "b");
        assertThat(reading()).isTrue();
    }

    @Test
    void tellsWhatItsOwnerThrewAndStaysOpen() {
        open();
        broken = true;
        write(frame(TEXT, "a"));
        assertThat(faults).singleElement().isInstanceOf(IllegalStateException.class);
        broken = false;
        socket.delivered();
        write(frame(TEXT, "b"));
        assertThat(delivered).containsExactly("b");
    }

    /** The rest of a frame has to be read although a whole one came before it in the same read. */
    @Test
    void readsOnWhereAReadEndsWithinAFrame() {
        open();
        byte[] large = frame(TEXT, "x".repeat(40_000));
        byte[] start = Arrays.copyOf(large, 30_000);
        write(frame(PING, "1"), start);
        assertThat(reading()).isTrue();
        write(Arrays.copyOfRange(large, 30_000, large.length));
        assertThat(delivered).hasSize(1);
    }

    @Test
    void answersPingsWhileMessagesMustWait() {
        open();
        socket.pause(Reason.WINDOW);
        write(frame(PING, "1"));
        assertThat(reading()).as("a device that keeps to its window is read").isTrue();
        PongWebSocketFrame pong = channel.readOutbound();
        assertThat(pong).isNotNull();
        pong.release();
        write(frame(TEXT, "a"));
        assertThat(reading()).as("one beyond it is not").isFalse();
        assertThat(delivered).isEmpty();
        socket.resume(Reason.WINDOW);
        assertThat(delivered).containsExactly("a");
    }

    @Test
    void tellsAViolationAfterWhatCameBeforeIt() {
        open();
        write(frame(TEXT, "a"), new byte[] {(byte) 0xc1, (byte) 0x80, 0, 0, 0, 0}, frame(TEXT, "b"));
        assertThat(violations).isEmpty();
        socket.delivered();
        assertThat(violations).containsExactly(1002);
        socket.close(1002, "broken");
        CloseWebSocketFrame close = channel.readOutbound();
        assertThat(close.statusCode()).isEqualTo(1002);
        close.release();
        assertThat(delivered).containsExactly("a");
    }

    @Test
    void callsAMessageIncompleteOnlyWhileItIsRead() {
        open();
        write(new byte[] {(byte) 0x81, (byte) 0x85, 1});
        long second = 1_000_000_000L;
        socket.tick(0);
        socket.tick(9 * second);
        assertThat(violations).isEmpty();
        socket.tick(11 * second);
        assertThat(violations).containsExactly(1008);
    }

    @Test
    void countsEachMessageOfASteadyStreamByItself() {
        open();
        long second = 1_000_000_000L;
        byte[] begun = {(byte) 0x81, (byte) 0x85, 0, 0, 0, 0};
        byte[] rest = {'h', 'e', 'l', 'l', 'o'};
        for (int i = 0; i < 30; i++) {
            write(begun);
            socket.tick(i * second);
            write(rest);
            socket.delivered();
        }
        assertThat(violations).isEmpty();
        assertThat(delivered).hasSize(30);
    }

    @Test
    void deliversTheSameHoweverTheOctetsAreCut() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        open();
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String message = i + "-" + "y".repeat(random.nextInt(3_000));
            expected.add(message);
            octets.writeBytes(frame(TEXT, message));
        }
        byte[] all = octets.toByteArray();
        int at = 0;
        int steps = 0;
        while (delivered.size() < expected.size()) {
            assertThat(steps++).as("seed %d", seed).isLessThan(100_000);
            if (reading() && at < all.length) {
                int size = Math.min(all.length - at, 1 + random.nextInt(9_000));
                write(Arrays.copyOfRange(all, at, at + size));
                at += size;
            } else {
                socket.delivered();
            }
        }
        assertThat(delivered).as("seed %d", seed).isEqualTo(expected);
    }

    private void open() {
        socket.open(new WireListener() {
            @Override
            public void message(byte[] octets, boolean text) {
                if (broken) {
                    throw new IllegalStateException("broken");
                }
                delivered.add(new String(octets, StandardCharsets.UTF_8));
            }

            @Override
            public void failed(Throwable fault) {
                faults.add(fault);
            }

            @Override
            public void violated(WireViolation violation) {
                violations.add(violation.closeCode());
            }
        });
    }

    private boolean reading() {
        return channel.config().isAutoRead();
    }

    private void write(byte[]... parts) {
        ByteBuf octets = Unpooled.buffer();
        for (byte[] part : parts) {
            octets.writeBytes(part);
        }
        channel.writeInbound(octets);
    }

    private static byte[] frame(int opcode, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x80 | opcode);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }
}
