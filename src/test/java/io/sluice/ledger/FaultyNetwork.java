package io.sluice.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A network between devices and services on this machine, to which it brings connections in turn, past one that does not
 * answer, and that stalls connections and cuts them, where its seed says, in
 * the middle of whatever they carry. A stalled connection carries nothing in either direction for a while: to the service
 * it is a device that neither sends nor reads.
 */
public final class FaultyNetwork implements AutoCloseable {
    private static final int CHUNK = 1_024;
    private static final int LONGEST_STALL_MS = 2_000;

    private final ServerSocket entrance;
    private final List<Integer> servicePorts;
    private final Random random;
    private final int meanBytes;
    private final AtomicInteger cutsLeft;
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicInteger stalls = new AtomicInteger();
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();

    /** How a connection is cut. */
    private enum Cut {
        /** Both ends learn of it by a reset. */
        RESET,
        /** Both ends read an end. */
        END,
        /** The device learns of it at once, the service not: it must tell by the device's next connection. */
        HALF
    }

    /**
     * @param meanBytes from a device between two faults of a connection, on the average
     * @param mostCuts then it only stalls
     */
    FaultyNetwork(int servicePort, long seed, int meanBytes, int mostCuts) throws IOException {
        this(List.of(servicePort), seed, meanBytes, mostCuts);
    }

    private FaultyNetwork(List<Integer> servicePorts, long seed, int meanBytes, int mostCuts) throws IOException {
        this.servicePorts = servicePorts;
        this.random = new Random(seed);
        this.meanBytes = meanBytes;
        this.cutsLeft = new AtomicInteger(mostCuts);
        entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("network", this::accept);
    }

    /** One without faults, as a balancer of connections. */
    public static FaultyNetwork balancing(int... servicePorts) throws IOException {
        return new FaultyNetwork(Arrays.stream(servicePorts).boxed().toList(), 0, Integer.MAX_VALUE, 0);
    }

    /** The device endpoint as devices on this network see it; the certificate's name holds. */
    public String url() {
        return "wss://localhost:" + entrance.getLocalPort() + "/ingest";
    }

    /** No more cuts from now on. */
    void heal() {
        cutsLeft.set(0);
    }

    int cuts() {
        return cuts.get();
    }

    int stalls() {
        return stalls.get();
    }

    private void accept() throws IOException {
        for (int turn = 0; !entrance.isClosed(); turn++) {
            Socket device = entrance.accept();
            Socket service = connect(turn);
            if (service == null) {
                reset(device);
                continue;
            }
            Line line = new Line(device, service, new Random(nextSeed()));
            lines.add(line);
            start("to service", line::toService);
            start("to device", line::toDevice);
        }
    }

    /** To the service whose turn it is, or the next one that answers; null where none does. */
    private @Nullable Socket connect(int turn) {
        for (int i = 0; i < servicePorts.size(); i++) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), servicePorts.get((turn + i) % servicePorts.size()));
            } catch (IOException away) {
                // the next one then
            }
        }
        return null;
    }

    private synchronized long nextSeed() {
        return random.nextLong();
    }

    private final class Line {
        private final Socket device;
        private final Socket service;
        private final Random fate;
        private long bytesToFault;
        private volatile long stalledUntil = System.nanoTime();
        private volatile boolean half;

        Line(Socket device, Socket service, Random fate) {
            this.device = device;
            this.service = service;
            this.fate = fate;
            bytesToFault = drawBytes();
        }

        private long drawBytes() {
            return 1 + (long) (-Math.log(1 - fate.nextDouble()) * meanBytes);
        }

        void toService() throws IOException {
            try {
                carry(device, service, true);
            } finally {
                if (!half) {
                    end();
                }
            }
        }

        void toDevice() throws IOException {
            try {
                carry(service, device, false);
            } finally {
                end();
            }
        }

        private void carry(Socket from, Socket to, boolean faulty) throws IOException {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                for (long left = stalledUntil - System.nanoTime(); left > 0; left = stalledUntil - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                if (faulty && count >= bytesToFault) {
                    out.write(chunk, 0, (int) bytesToFault);
                    if (fault()) {
                        return;
                    }
                    out.write(chunk, (int) bytesToFault, count - (int) bytesToFault);
                    bytesToFault = drawBytes();
                } else if (!half) {
                    out.write(chunk, 0, count);
                    bytesToFault -= faulty ? count : 0;
                }
            }
        }

        /** Whether it was the connection's end. */
        private boolean fault() throws IOException {
            if (fate.nextBoolean() || cutsLeft.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
                stalls.incrementAndGet();
                stalledUntil = System.nanoTime() + 1_000_000L * fate.nextInt(LONGEST_STALL_MS);
                return false;
            }
            cuts.incrementAndGet();
            switch (Cut.values()[fate.nextInt(Cut.values().length)]) {
                case RESET -> {
                    reset(device);
                    reset(service);
                }
                case END -> end();
                case HALF -> {
                    half = true;
                    reset(device);
                }
            }
            return true;
        }

        private void end() throws IOException {
            lines.remove(this);
            device.close();
            service.close();
        }
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** What can end by an exception when a socket is closed under it. */
    private interface Work {
        void run() throws IOException;
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // cut, or one of the ends closed
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (Line line : lines) {
            line.end();
        }
    }
}
