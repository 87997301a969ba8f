package io.sluice.hostile;

import io.sluice.ingest.DeviceClient;
import io.sluice.ingest.RawSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Many connections that mean no good, on one thread: each begins, and goes on in every round, never reads, and begins anew
 * when it was cut off. What does not fit into a socket at once is not sent: the point is what the service holds.
 */
final class HostileCrowd implements AutoCloseable {
    private static final long ROUND_NANOS = 100_000_000L;

    private final int port;
    private final Random random;
    private final List<Member> members = new ArrayList<>();
    private final AtomicLong cutOff = new AtomicLong();
    private final Thread thread = new Thread(this::run, "hostile");
    private volatile boolean ending;

    HostileCrowd(int port, long seed) {
        this.port = port;
        this.random = new Random(seed);
    }

    void join(int count, Hostility hostility) {
        for (int i = 0; i < count; i++) {
            members.add(new Member(hostility, null, null));
        }
    }

    /** A device with a right token. */
    void join(String device, String token, Hostility.OfDevice hostility) {
        members.add(
                new Member(Hostility.SILENCE, RawSocket.handshakeOf(DeviceClient.basic(device, token), ""), hostility));
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** How often the service ended one of the connections. */
    long cutOff() {
        return cutOff.get();
    }

    private void run() {
        while (!ending) {
            members.forEach(Member::round);
            LockSupport.parkNanos(ROUND_NANOS);
        }
    }

    @Override
    public void close() throws InterruptedException {
        ending = true;
        thread.join();
        members.forEach(Member::end);
    }

    private final class Member {
        private final Hostility hostility;
        private final @Nullable String handshake;
        private final Hostility.@Nullable OfDevice ofDevice;
        private @Nullable SocketChannel channel;
        private int roundsAway;

        Member(Hostility hostility, @Nullable String handshake, Hostility.@Nullable OfDevice ofDevice) {
            this.hostility = hostility;
            this.handshake = handshake;
            this.ofDevice = ofDevice;
        }

        void round() {
            if (roundsAway > 0) {
                roundsAway--;
                return;
            }
            try {
                if (channel == null) {
                    channel = SocketChannel.open();
                    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
                    channel.connect(new InetSocketAddress("localhost", port));
                    channel.configureBlocking(false);
                    write(
                            handshake == null
                                    ? hostility.begin(random)
                                    : (handshake + "\r\n").getBytes(StandardCharsets.US_ASCII));
                } else {
                    write(ofDevice == null ? hostility.goOn(random) : ofDevice.octets(random));
                }
                // The end shows to a reader only; a few octets at a time, far slower than they come.
                if (channel.read(ByteBuffer.allocate(16)) < 0) {
                    throw new IOException("ended");
                }
            } catch (IOException e) {
                cutOff.incrementAndGet();
                roundsAway = random.nextInt(10);
                end();
            }
        }

        private void write(byte[] octets) throws IOException {
            channel.write(ByteBuffer.wrap(octets));
        }

        private void end() {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                // gone either way
            }
            channel = null;
        }
    }
}
