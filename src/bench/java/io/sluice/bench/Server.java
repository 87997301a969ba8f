package io.sluice.bench;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server that is measured.
 *
 * @param name in the table
 * @param topic where each message becomes one record
 * @param tokens by device; empty where nobody is asked who they are
 */
record Server(String name, ChildProcess process, String address, String topic, Map<String, String> tokens) {
    /** Where a device sends. */
    Socket ingest(String device) {
        return Socket.ingest(address, authorization(device));
    }

    /** What a device shows at the handshake. */
    @Nullable
    String authorization(String device) {
        String token = tokens.get(device);
        return token == null ? null : "Bearer " + token;
    }
}
