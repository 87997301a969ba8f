package io.sluice.ingest;

import io.sluice.protocol.CloseCode;
import io.sluice.registry.DirectoryEntry;
import io.sluice.registry.DirectoryListener;
import io.sluice.registry.TokenEnd;
import jakarta.inject.Singleton;

/** Closes connections whose device or credential is good no longer (device protocol section 5). */
@Singleton
class CredentialWatch implements DirectoryListener {
    private final Connections connections;
    private final DeviceMemories memories;

    CredentialWatch(Connections connections, DeviceMemories memories) {
        this.connections = connections;
        this.memories = memories;
    }

    @Override
    public void deviceChanged(DirectoryEntry entry) {
        if (!entry.enabled()) {
            close(entry.device(), CloseCode.DISABLED);
        }
    }

    @Override
    public void deviceRemoved(String device) {
        close(device, CloseCode.REVOKED);
        memories.forget(device);
    }

    @Override
    public void tokenEnded(String device, long token, TokenEnd end) {
        DeviceConnection connection = connections.find(device);
        if (connection != null && connection.link().token() == token) {
            connection.close(end == TokenEnd.EXPIRED ? CloseCode.EXPIRED : CloseCode.REVOKED);
        }
    }

    private void close(String device, CloseCode code) {
        DeviceConnection connection = connections.find(device);
        if (connection != null) {
            connection.close(code);
        }
    }
}
