package io.sluice.local;

import io.quarkus.runtime.Application;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The service that runs in this JVM, as its own clients on this machine reach it. */
@ApplicationScoped
class LocalService {
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);

    private final int port;
    private final int securePort;

    LocalService(
            @ConfigProperty(name = "quarkus.http.port") int port,
            @ConfigProperty(name = "quarkus.http.ssl-port") int securePort) {
        this.port = port;
        this.securePort = securePort;
    }

    String url() {
        return "https://localhost:" + securePort;
    }

    String plainUrl() {
        return "http://localhost:" + port;
    }

    /** Runs the task on a thread of its own once readiness is up; not at all where it is not within 2 minutes. */
    void whenReady(String threadName, Runnable task) {
        Thread thread = new Thread(
                () -> {
                    if (awaitReady()) {
                        task.run();
                    }
                },
                threadName);
        thread.setDaemon(true);
        thread.start();
    }

    private boolean awaitReady() {
        long deadline = System.nanoTime() + READY_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (isReady()) {
                return true;
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                return false;
            }
        }
        return false;
    }

    private boolean isReady() {
        // Where the port was taken, whoever has it would answer for us.
        Application application = Application.currentApplication();
        if (application == null || !application.isStarted()) {
            return false;
        }
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(plainUrl() + "/q/health/ready").toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(2_000);
            return connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
