package io.sluice.local;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the main methods of the embedded servers share: say when it serves, and stop when the parent is gone. */
final class ServerMain {
    /** A server that was started. */
    interface Running {
        /** {@code host:port} */
        String address();

        void stop();
    }

    /** Starts a server. */
    interface Start {
        Running start() throws Exception;
    }

    private ServerMain() {}

    static void run(Start start) {
        PrintStream parent = System.out;
        // What libraries print must not be taken for our word to the parent.
        System.setOut(System.err);
        Running server;
        try {
            server = start.start();
        } catch (Exception | Error e) {
            e.printStackTrace();
            parent.println(ServerProcess.FAILED + e);
            parent.flush();
            Runtime.getRuntime().halt(1);
            return;
        }
        AtomicBoolean stopped = new AtomicBoolean();
        Runnable stopOnce = () -> {
            if (stopped.compareAndSet(false, true)) {
                server.stop();
            }
        };
        Runtime.getRuntime().addShutdownHook(new Thread(stopOnce, "stop"));
        parent.println(ServerProcess.READY + server.address());
        parent.flush();
        awaitEndOfInput();
        stopOnce.run();
        Runtime.getRuntime().halt(0);
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // the parent never writes; only the end matters
            }
        } catch (IOException gone) {
            // a broken pipe is an end as well
        }
    }
}
