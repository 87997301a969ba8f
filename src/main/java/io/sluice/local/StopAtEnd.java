package io.sluice.local;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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

    private static final int LOOKS = 20;
    private static final long LOOK_MILLIS = 25;

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
        try {
            Thread hook = quarkusHook();
            if (hook != null) {
                hook.join(SERVICE_LIMIT_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hooks are started one after another in no order, so Quarkus's own may come a moment later than this one. */
    private static @Nullable Thread quarkusHook() throws InterruptedException {
        for (int look = 0; look < LOOKS; look++) {
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals(QUARKUS_HOOK)) {
                    return thread;
                }
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return null;
    }
}
