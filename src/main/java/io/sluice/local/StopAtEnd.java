package io.sluice.local;

import java.util.concurrent.TimeUnit;

/**
 * Ends the JVM only after its embedded servers, and these only after the service.
 *
 * <p>In dev mode and tests nothing is needed for that: a server's process stops when its parent has gone. In the
 * {@code standalone} package the parent must stay until its servers have stopped, because a container runtime or a
 * service manager kills what is left when the first process ends. Shutdown hooks run side by side, so this one waits
 * for the one that stops Quarkus.
 */
final class StopAtEnd {
    /** The name that Quarkus gives its own hook. */
    private static final String QUARKUS_HOOK = "Shutdown thread";

    private static final long SERVICE_LIMIT_MILLIS = TimeUnit.SECONDS.toMillis(40);

    private StopAtEnd() {}

    static void register(ServerProcess server) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            awaitService();
                            server.close();
                        },
                        "sluice-local-stop"));
    }

    private static void awaitService() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(QUARKUS_HOOK)) {
                try {
                    thread.join(SERVICE_LIMIT_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
