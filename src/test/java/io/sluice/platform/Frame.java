package io.sluice.platform;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** One frame of RFC 6455, right or wrong. */
record Frame(boolean fin, int rsv, int opcode, byte[] payload) {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};
    private static final int SHOWN = 24;

    static Frame of(int opcode, byte[] payload) {
        return new Frame(true, 0, opcode, payload);
    }

    static Frame of(int opcode, String payload) {
        return of(opcode, payload.getBytes(StandardCharsets.UTF_8));
    }

    static Frame text(String payload) {
        return of(TEXT, payload);
    }

    static Frame ping(String payload) {
        return of(PING, payload);
    }

    static Frame pong(String payload) {
        return of(PONG, payload);
    }

    static Frame close(int code) {
        return close(code, "");
    }

    static Frame close(int code, String reason) {
        return close(code, reason.getBytes(StandardCharsets.UTF_8));
    }

    static Frame close(int code, byte[] reason) {
        return of(
                CLOSE,
                ByteBuffer.allocate(2 + reason.length)
                        .putShort((short) code)
                        .put(reason)
                        .array());
    }

    /** The same as a fragment that is not the last. */
    Frame open() {
        return new Frame(false, rsv, opcode, payload);
    }

    Frame withRsv(int bits) {
        return new Frame(fin, bits, opcode, payload);
    }

    /** What a client sends. */
    byte[] octets() {
        return octets(MASK, payload.length < 126 ? 0 : payload.length < 65_536 ? 2 : 8);
    }

    /** With a mask of one's own, and a length in 0, 2 or 8 octets after the second, whether that is the shortest or not. */
    byte[] octets(byte[] mask, int lengthOctets) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(payload.length + 14);
        octets.write((fin ? 0x80 : 0) | rsv << 4 | opcode);
        octets.write(0x80 | (lengthOctets == 0 ? payload.length : lengthOctets == 2 ? 126 : 127));
        for (int shift = 8 * (lengthOctets - 1); shift >= 0; shift -= 8) {
            octets.write((int) ((long) payload.length >> shift));
        }
        octets.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            octets.write(payload[i] ^ mask[i & 3]);
        }
        return octets.toByteArray();
    }

    /** The code of a close frame; -1 where it has none. */
    int closeCode() {
        return payload.length < 2 ? -1 : ByteBuffer.wrap(payload).getShort() & 0xffff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frame frame
                && fin == frame.fin
                && rsv == frame.rsv
                && opcode == frame.opcode
                && Arrays.equals(payload, frame.payload);
    }

    @Override
    public int hashCode() {
        return opcode + 31 * Arrays.hashCode(payload);
    }

    @Override
    public String toString() {
        String shown = HexFormat.of().formatHex(payload, 0, Math.min(SHOWN, payload.length));
        return (fin ? "" : "open ") + "rsv " + rsv + " opcode " + opcode + " of " + payload.length + ": " + shown;
    }
}
