package io.sluice.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Fixed ports with fallback: the same address at every start where it is free, another where it is not. */
final class Ports {
    private static final int TRIES = 100;

    private Ports() {}

    /** The first free port from the preferred one on; any free one for 0. */
    static int firstFreeFrom(int preferred) {
        if (preferred == 0) {
            return any();
        }
        for (int port = preferred; port < preferred + TRIES; port++) {
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + preferred + " to " + (preferred + TRIES - 1));
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            // Without it a port whose last connections are in TIME_WAIT after a restart would look taken.
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static int any() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
