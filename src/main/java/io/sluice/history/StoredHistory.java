package io.sluice.history;

import io.sluice.registry.DeviceHistory;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** A device's rollups in the database. Those of its groups stay: what it gave to them cannot be told apart any more. */
@Singleton
class StoredHistory implements DeviceHistory {
    private final HistoryWrites writes;

    StoredHistory(HistoryWrites writes) {
        this.writes = writes;
    }

    @Override
    public Uni<Void> purge(String device) {
        return writes.purge(device);
    }
}
