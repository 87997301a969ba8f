package io.sluice.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.platform.WireCase.Sent;
import io.sluice.platform.WireCase.Step;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client that does what a row says, and takes nothing from the server that RFC 6455 does not allow. */
final class WirePeer {
    private static final int PATIENCE_MS = 20_000;
    private static final String HANDSHAKE = "GET / HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Upgrade: websocket\r\n"
            + "Connection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            // Neither kind of compression may be agreed upon: while one is, reserved bits are no violation.
            + "Sec-WebSocket-Extensions: permessage-deflate, x-webkit-deflate-frame\r\n\r\n";

    private final DataInputStream in;
    private final OutputStream out;

    /** How the octets of a step are cut into writes. */
    enum Cut {
        AS_WRITTEN,
        ONE_WRITE,
        OCTETS,
        /** One write, the handshake in it, without a wait for its answer. */
        WITH_HANDSHAKE
    }

    WirePeer(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    void run(WireCase row, Cut cut) throws IOException {
        byte[] handshake = HANDSHAKE.getBytes(StandardCharsets.US_ASCII);
        boolean opened = cut != Cut.WITH_HANDSHAKE;
        if (opened) {
            out.write(handshake);
            readHandshake();
        }
        for (Step step : row.steps()) {
            if (cut == Cut.AS_WRITTEN && !row.isAtOnce()) {
                for (Sent sent : step.sends()) {
                    write(sent.octets(), sent.pieces());
                }
            } else {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                if (!opened) {
                    all.writeBytes(handshake);
                }
                step.sends().forEach(sent -> all.writeBytes(sent.octets()));
                write(all.toByteArray(), cut == Cut.OCTETS ? 1 : Integer.MAX_VALUE);
                if (!opened) {
                    readHandshake();
                    opened = true;
                }
            }
            for (Frame answer : step.answers()) {
                assertThat(read()).isEqualTo(answer);
            }
        }
        Frame close = read();
        assertThat(close.opcode()).as("opcode of %s", close).isEqualTo(Frame.CLOSE);
        assertThat(close.closeCode()).isEqualTo(row.closeCode());
        // The answer to a close frame is not waited for after a violation, and the server is always the first to end.
        assertThat(in.read()).as("octet after the close frame").isEqualTo(-1);
    }

    private void readHandshake() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        assertThat(head.toString())
                .startsWith("HTTP/1.1 101 ")
                .containsIgnoringCase("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                .doesNotContainIgnoringCase("sec-websocket-extensions");
    }

    private void write(byte[] octets, int pieces) throws IOException {
        for (int at = 0; at < octets.length; ) {
            int size = Math.min(pieces, octets.length - at);
            out.write(octets, at, size);
            out.flush();
            at += size;
        }
    }

    private Frame read() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        assertThat(length).as("length without a mask").isLessThan(128);
        if (length == 126) {
            length = in.readUnsignedShort();
            assertThat(length).isGreaterThan(125);
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
            assertThat(length).isGreaterThan(65_535);
        }
        byte[] payload = in.readNBytes(length);
        assertThat(payload).hasSize(length);
        return new Frame((first & 0x80) != 0, first >> 4 & 7, first & 0x0f, payload);
    }

    static byte[] repeat(int octet, int times) {
        byte[] octets = new byte[times];
        Arrays.fill(octets, (byte) octet);
        return octets;
    }
}
