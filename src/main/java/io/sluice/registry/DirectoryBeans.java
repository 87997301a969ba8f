package io.sluice.registry;

import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** Makes beans of the directory and what it notes; themselves they are plain Java. */
final class DirectoryBeans {
    @Produces
    @Singleton
    TokenUses uses() {
        return new TokenUses();
    }

    @Produces
    @Singleton
    MemoryDirectory directory(@All List<DirectoryListener> listeners, TokenUses uses) {
        return new MemoryDirectory(InstantSource.system(), listeners, uses);
    }
}
