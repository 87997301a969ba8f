package io.sluice.live;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Many subscribers on one thread, with plain sockets: what a thousand browsers do, at the cost of one. It looks for nothing in
 * what comes but {@code "last":}, which the test makes the time of writing in ms.
 */
final class LiveCrowd implements AutoCloseable {
    private static final byte[] LAST = "\"last\":".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_DIGITS = 20;

    private final int port;
    private final String credential;
    private final Selector selector;
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "live-crowd");
    private final List<Long> delays = new ArrayList<>();
    private volatile boolean ending;

    /** @param credential value of the header {@code Authorization} */
    LiveCrowd(int port, String credential) throws IOException {
        this.port = port;
        this.credential = credential;
        selector = Selector.open();
        thread.setDaemon(true);
        thread.start();
    }

    /** @param receiveBuffer octets; 0 for the system's own */
    Member join(String subscribe, int receiveBuffer) {
        Member member = new Member(subscribe, receiveBuffer);
        members.add(member);
        submit(member::begin);
        return member;
    }

    private void submit(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** From writing to reading, in ms, of what came since the last call, in ascending order. */
    List<Long> takeDelays() {
        synchronized (delays) {
            List<Long> taken = delays.stream().sorted().toList();
            delays.clear();
            return taken;
        }
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1_024);
        try {
            while (!ending) {
                selector.select(100);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    ((Member) key.attachment()).read(buffer);
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        ending = true;
        selector.wakeup();
        thread.join();
        for (Member member : members) {
            member.end();
        }
        selector.close();
    }

    /** One subscriber. */
    final class Member {
        private final String subscribe;
        private final int receiveBuffer;
        private final ByteArrayOutputStream head = new ByteArrayOutputStream();
        private final byte[] tail = new byte[LAST.length + MOST_DIGITS];
        private SocketChannel channel;
        private SelectionKey key;
        private volatile boolean open;
        private volatile boolean gone;
        private volatile long newest;
        private volatile long octets;

        private Member(String subscribe, int receiveBuffer) {
            this.subscribe = subscribe;
            this.receiveBuffer = receiveBuffer;
        }

        private void begin() {
            try {
                channel = SocketChannel.open();
                if (receiveBuffer > 0) {
                    channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
                }
                channel.connect(new InetSocketAddress("localhost", port));
                write(("GET /live HTTP/1.1\r\nHost: localhost:" + port + "\r\nUpgrade: websocket\r\n"
                                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                + "Sec-WebSocket-Protocol: sluice.live.v1\r\nAuthorization: " + credential
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                channel.configureBlocking(false);
                key = channel.register(selector, SelectionKey.OP_READ, this);
            } catch (IOException e) {
                gone = true;
            }
        }

        private void write(byte[] bytes) throws IOException {
            ByteBuffer out = ByteBuffer.wrap(bytes);
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }

        private void read(ByteBuffer buffer) {
            try {
                buffer.clear();
                int read = channel.read(buffer);
                if (read < 0) {
                    end();
                } else if (open) {
                    octets += read;
                    look(buffer.array(), read);
                } else {
                    shakeHands(buffer.array(), read);
                }
            } catch (IOException e) {
                end();
            }
        }

        private void shakeHands(byte[] bytes, int length) throws IOException {
            head.write(bytes, 0, length);
            String answer = head.toString(StandardCharsets.ISO_8859_1);
            if (!answer.contains("\r\n\r\n")) {
                return;
            }
            if (!answer.startsWith("HTTP/1.1 101")) {
                end();
                return;
            }
            byte[] text = subscribe.getBytes(StandardCharsets.US_ASCII);
            // Masked with zeros.
            ByteBuffer frame = ByteBuffer.allocate(8 + text.length).put((byte) 0x81);
            if (text.length < 126) {
                frame.put((byte) (0x80 | text.length));
            } else {
                frame.put((byte) (0x80 | 126)).putShort((short) text.length);
            }
            frame.putInt(0).put(text);
            write(Arrays.copyOf(frame.array(), frame.position()));
            open = true;
        }

        /** For the newest time in what came, and in the end of what came before. */
        private void look(byte[] bytes, int length) {
            byte[] joined = new byte[tail.length + length];
            System.arraycopy(tail, 0, joined, 0, tail.length);
            System.arraycopy(bytes, 0, joined, tail.length, length);
            long found = 0;
            for (int i = 0; i + tail.length <= joined.length; i++) {
                if (joined[i] == LAST[0] && isLastAt(joined, i)) {
                    found = Math.max(found, number(joined, i + LAST.length));
                }
            }
            System.arraycopy(joined, joined.length - tail.length, tail, 0, tail.length);
            if (found > newest) {
                newest = found;
                synchronized (delays) {
                    delays.add(System.currentTimeMillis() - found);
                }
            }
        }

        private boolean isLastAt(byte[] bytes, int place) {
            for (int i = 0; i < LAST.length; i++) {
                if (bytes[place + i] != LAST[i]) {
                    return false;
                }
            }
            return true;
        }

        /** As the service writes a double of that size: 1.763632800123E12. */
        private long number(byte[] bytes, int begin) {
            int end = begin;
            while (end < bytes.length && bytes[end] != ',' && bytes[end] != '}') {
                end++;
            }
            try {
                return (long) Double.parseDouble(new String(bytes, begin, end - begin, StandardCharsets.US_ASCII));
            } catch (NumberFormatException torn) {
                return 0;
            }
        }

        void stopReading() {
            submit(() -> key.interestOps(0));
        }

        void readOn() {
            submit(() -> key.interestOps(SelectionKey.OP_READ));
        }

        private void end() {
            gone = true;
            try {
                channel.close();
            } catch (IOException e) {
                // gone either way
            }
        }

        boolean isOpen() {
            return open && !gone;
        }

        /** Ended by the service, or never taken. */
        boolean isGone() {
            return gone;
        }

        /** The greatest time that it was told. */
        long newest() {
            return newest;
        }

        /** Since it was opened. */
        long octets() {
            return octets;
        }
    }
}
