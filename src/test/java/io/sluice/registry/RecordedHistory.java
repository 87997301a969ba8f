package io.sluice.registry;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A history that notes what it was asked to purge. */
@Singleton
class RecordedHistory implements DeviceHistory {
    final Set<String> purged = ConcurrentHashMap.newKeySet();

    @Override
    public Uni<Void> purge(String device) {
        purged.add(device);
        return Uni.createFrom().voidItem();
    }
}
