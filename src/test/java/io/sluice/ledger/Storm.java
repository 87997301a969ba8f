package io.sluice.ledger;

import io.sluice.ingest.RawSocket;
import io.sluice.ledger.Pair.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A device that connects again and again, without looking at what it is told, until it is refused. */
final class Storm implements AutoCloseable {
    private final List<RawSocket> admitted = new ArrayList<>();
    private final CompletableFuture<String> refusal;
    private volatile int connections;

    Storm(int port, Device device) {
        refusal = CompletableFuture.supplyAsync(() -> run(port, device.handshake()), task -> {
            Thread thread = new Thread(task, "storm");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private String run(int port, String handshake) {
        while (true) {
            try {
                RawSocket raw = new RawSocket(port);
                String answer = raw.request(handshake);
                if (!answer.startsWith("HTTP/1.1 101 ")) {
                    raw.close();
                    return answer;
                }
                admitted.add(raw);
                connections++;
            } catch (IOException e) {
                return e.toString();
            }
        }
    }

    /** How often it was admitted so far. */
    int connections() {
        return connections;
    }

    /** The answer that was not 101, or why there was none. */
    String awaitRefusal() {
        return refusal.join();
    }

    /** After its end: how each connection was closed, the newest last. */
    List<Integer> closeCodes() throws IOException {
        List<Integer> codes = new ArrayList<>();
        for (RawSocket each : admitted) {
            codes.add(each.readClose().closeCode());
        }
        return codes;
    }

    @Override
    public void close() throws IOException {
        for (RawSocket each : admitted) {
            each.close();
        }
    }
}
