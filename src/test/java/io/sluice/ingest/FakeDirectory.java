package io.sluice.ingest;

import io.sluice.registry.Admission;
import io.sluice.registry.Directory;
import io.sluice.registry.DirectoryEntry;
import io.sluice.telemetry.Profile;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Devices in memory; the token of a device is {@code token-} and its id. */
final class FakeDirectory implements Directory {
    private final Map<String, DirectoryEntry> entries = new ConcurrentHashMap<>();

    FakeDirectory with(String device) {
        return with(new DirectoryEntry(device, null, Profile.DEFAULT, true));
    }

    FakeDirectory with(DirectoryEntry entry) {
        entries.put(entry.device(), entry);
        return this;
    }

    @Override
    public boolean isLoaded() {
        return true;
    }

    @Override
    public @Nullable DirectoryEntry find(String device) {
        return entries.get(device);
    }

    @Override
    public Admission authenticate(String device, String token) {
        DirectoryEntry entry = entries.get(device);
        if (entry == null || !token.equals("token-" + device)) {
            return new Admission.Refused();
        }
        return entry.enabled() ? new Admission.Admitted(entry, Admission.NO_TOKEN) : new Admission.Disabled(entry);
    }

    @Override
    public Admission authenticate(String token) {
        return token.startsWith("token-")
                ? authenticate(token.substring("token-".length()), token)
                : new Admission.Refused();
    }

    @Override
    public boolean isLive(String device, long token) {
        return entries.containsKey(device);
    }

    @Override
    public void used(long token) {
        // Nothing is kept.
    }
}
