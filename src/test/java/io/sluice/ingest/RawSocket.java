package io.sluice.ingest;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A peer that says whatever a test wants, octet by octet. */
public final class RawSocket implements AutoCloseable {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** @param payload text of a close frame's reason is behind its code */
    public record Frame(int opcode, byte[] payload) {
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        public int closeCode() {
            return payload.length < 2 ? -1 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        }
    }

    public RawSocket(int port) throws IOException {
        this(new Socket("localhost", port));
    }

    RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** A handshake as it should be, for a device of {@link TestDevices}. */
    static String handshake(String device, String query) {
        return handshakeOf(TestDevices.basic(device), query);
    }

    /** @param authorization the header's value */
    public static String handshakeOf(String authorization, String query) {
        return "GET /ingest" + query + " HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Upgrade: websocket\r\n"
                + "Connection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Authorization: " + authorization + "\r\n";
    }

    static RawSocket open(int port, String device) throws IOException {
        // Before it connects: making a device takes time, and a connection has little to say what it wants.
        String handshake = handshake(device, "");
        RawSocket raw = new RawSocket(port);
        String answer = raw.request(handshake);
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            throw new IOException(answer);
        }
        if (!raw.read().text().startsWith("{\"welcome\"")) {
            throw new IOException("no welcome");
        }
        return raw;
    }

    public void write(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
    }

    public void write(String ascii) throws IOException {
        write(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends headers and the empty line; answers the head of the response, and its body where it has one. */
    public String request(String head) throws IOException {
        write(head + "\r\n");
        return response();
    }

    /** A response without its body. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    public String response() throws IOException {
        StringBuilder answer = new StringBuilder(head());
        int length = answer.toString().toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
        if (length >= 0) {
            int size = Integer.parseInt(answer.substring(length + 16, answer.indexOf("\r\n", length)));
            answer.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
        }
        return answer.toString();
    }

    /** A masked frame. */
    public static byte[] frame(boolean fin, int rsv, int opcode, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write((fin ? 0x80 : 0) | rsv << 4 | opcode);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        byte[] mask = {1, 2, 3, 4};
        frame.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ mask[i & 3]);
        }
        return frame.toByteArray();
    }

    void send(int opcode, String payload) throws IOException {
        write(frame(true, 0, opcode, payload.getBytes(StandardCharsets.UTF_8)));
    }

    void sendPart(int opcode, boolean last, String payload) throws IOException {
        write(frame(last, 0, opcode, payload.getBytes(StandardCharsets.UTF_8)));
    }

    Frame read() throws IOException {
        int opcode = in.readUnsignedByte() & 0x0f;
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        }
        return new Frame(opcode, in.readNBytes(length));
    }

    /** The next frame that is no ping. */
    public Frame next() throws IOException {
        Frame frame;
        do {
            frame = read();
        } while (frame.opcode() == PING);
        return frame;
    }

    /** Reads up to the close frame and past it to the end of the connection. */
    int closeCode() throws IOException {
        Frame frame = readClose();
        int code = frame.closeCode();
        send(CLOSE, new String(frame.payload(), 0, Math.min(2, frame.payload().length), StandardCharsets.ISO_8859_1));
        if (!isEnded()) {
            throw new IOException("more after the close frame");
        }
        return code;
    }

    /** Reads up to the close frame, and leaves it unanswered. */
    public Frame readClose() throws IOException {
        Frame frame;
        do {
            frame = read();
        } while (frame.opcode() != CLOSE);
        return frame;
    }

    boolean isEnded() throws IOException {
        try {
            return in.read() < 0;
        } catch (EOFException | SocketException e) {
            return true;
        }
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
