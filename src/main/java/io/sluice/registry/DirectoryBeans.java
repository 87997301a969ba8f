package io.sluice.registry;

import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** Makes the directory a bean; itself it is plain Java. */
final class DirectoryBeans {
    @Produces
    @Singleton
    MemoryDirectory directory(@All List<DirectoryListener> listeners) {
        return new MemoryDirectory(InstantSource.system(), listeners);
    }
}
