package io.sluice.ingest;

import io.quarkus.arc.DefaultBean;
import io.sluice.registry.Directory;
import io.sluice.registry.DirectoryEntry;
import io.sluice.telemetry.Profile;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

@Dependent
class TestDirectoryBean {
    @Produces
    @Singleton
    @DefaultBean
    Directory directory() {
        FakeDirectory directory = new FakeDirectory();
        for (int i = 0; i < 20; i++) {
            directory.with("d" + i);
        }
        return directory.with(new DirectoryEntry("off", null, Profile.DEFAULT, false));
    }
}
