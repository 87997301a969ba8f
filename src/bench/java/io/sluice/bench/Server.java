package io.sluice.bench;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server that is measured.
 *
 * @param name in the table
 * @param secureAddress where it speaks TLS; null where it does not
 * @param topic where each message becomes one record
 * @param tokens by device; empty where nobody is asked who they are
 */
record Server(
        String name,
        ChildProcess process,
        String address,
        @Nullable String secureAddress,
        String topic,
        Map<String, String> tokens)
        implements AutoCloseable {
    Server withTokens(Map<String, String> known) {
        return new Server(name, process, address, secureAddress, topic, known);
    }

    /** Where a device sends. */
    Socket ingest(String device) {
        return Socket.ingest(address, authorization(device));
    }

    /** The same over TLS. */
    Socket secureIngest(String device) {
        if (secureAddress == null) {
            throw new IllegalStateException(name + " does not speak TLS");
        }
        return Socket.ingest(secureAddress, authorization(device)).overTls();
    }

    /** What a device shows at the handshake. */
    @Nullable
    String authorization(String device) {
        String token = tokens.get(device);
        return token == null ? null : "Bearer " + token;
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
