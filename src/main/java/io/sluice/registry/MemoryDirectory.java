package io.sluice.registry;

import io.sluice.telemetry.Profile;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The directory's state. Any thread may read; one thread at a time, the refresh's, may change it. About 300 bytes a device
 * (profiles and groups are shared), so 100,000 devices take some 30 MB.
 */
final class MemoryDirectory implements Directory {
    private static final Admission REFUSED = new Admission.Refused();
    /** Compared against where a device is unknown, so that unknown and known take the same time. */
    private static final TokenEntry NOBODY = new TokenEntry(0, new TokenHash(0, 0, 0, 0), 0, TokenEnd.REVOKED);

    /** The database's clock decides which tokens it still tells of; it may be ahead of ours. */
    private static final long CLOCK_SKEW_MS = 2_000;

    private record Slot(DirectoryEntry entry, List<TokenEntry> tokens) {}

    private record Ending(long at, String device, long token) {}

    private final InstantSource clock;
    private final List<? extends DirectoryListener> listeners;
    private final TokenUses uses;
    private final Map<String, Slot> devices = new ConcurrentHashMap<>();
    /** To whom a bearer token belongs. Only a hint: the slot decides, so a stale entry does no harm. */
    private final Map<TokenHash, String> owners = new ConcurrentHashMap<>();

    private final Map<String, Profile> profiles = new HashMap<>();
    private final Map<String, String> groups = new HashMap<>();
    private final PriorityQueue<Ending> endings = new PriorityQueue<>(Comparator.comparingLong(Ending::at));
    private volatile boolean loaded;

    MemoryDirectory(InstantSource clock, List<? extends DirectoryListener> listeners, TokenUses uses) {
        this.clock = clock;
        this.uses = uses;
        this.listeners = listeners;
    }

    @Override
    public boolean isLoaded() {
        return loaded;
    }

    void markLoaded() {
        loaded = true;
    }

    int size() {
        return devices.size();
    }

    @Override
    public @Nullable DirectoryEntry find(String device) {
        Slot slot = devices.get(device);
        return slot == null ? null : slot.entry();
    }

    @Override
    public Admission authenticate(String device, String token) {
        if (token.length() > DeviceToken.MAX_LENGTH) {
            return REFUSED;
        }
        return judge(devices.get(device), TokenHash.of(token));
    }

    @Override
    public Admission authenticate(String token) {
        if (token.length() > DeviceToken.MAX_LENGTH) {
            return REFUSED;
        }
        // The look-up's time depends on the hash, not on the token: nobody can steer a SHA-256 towards a stored one.
        TokenHash hash = TokenHash.of(token);
        String owner = owners.get(hash);
        return judge(owner == null ? null : devices.get(owner), hash);
    }

    @Override
    public boolean isLive(String device, long token) {
        Slot slot = devices.get(device);
        long now = clock.millis();
        return slot != null
                && (token == Admission.NO_TOKEN
                        || slot.tokens().stream().anyMatch(one -> one.id() == token && one.isLive(now)));
    }

    @Override
    public void used(long token) {
        uses.used(token, clock.millis());
    }

    private Admission judge(@Nullable Slot slot, TokenHash hash) {
        long now = clock.millis();
        TokenEntry found = null;
        for (TokenEntry token : slot == null ? List.of(NOBODY) : slot.tokens()) {
            if (token.hash().matches(hash) && token.isLive(now)) {
                found = token;
            }
        }
        if (slot == null || found == null) {
            return REFUSED;
        }
        if (!slot.entry().enabled()) {
            return new Admission.Disabled(slot.entry());
        }
        uses.used(found.id(), now);
        return new Admission.Admitted(slot.entry(), found.id());
    }

    /** Takes a profile as it is now; devices that have it are judged by it from their next message on. */
    void putProfile(Profile profile) {
        Profile before = profiles.put(profile.name(), profile);
        if (before == null || before.equals(profile)) {
            return;
        }
        for (Slot slot : devices.values()) {
            DirectoryEntry entry = slot.entry();
            if (entry.profile().name().equals(profile.name())) {
                DirectoryEntry renewed = new DirectoryEntry(entry.device(), entry.group(), profile, entry.enabled());
                devices.put(entry.device(), new Slot(renewed, slot.tokens()));
                tell(listener -> listener.deviceChanged(renewed));
            }
        }
    }

    void removeProfile(String name) {
        profiles.remove(name);
    }

    Set<String> profileNames() {
        return Set.copyOf(profiles.keySet());
    }

    /** Takes a device as it is now. */
    void put(String device, @Nullable String group, String profile, boolean enabled, List<TokenEntry> tokens) {
        DirectoryEntry entry = new DirectoryEntry(
                device,
                group == null ? null : groups.computeIfAbsent(group, name -> name),
                profiles.getOrDefault(profile, Profile.DEFAULT),
                enabled);
        Slot before = devices.get(device);
        List<TokenEntry> live = List.copyOf(tokens);
        Slot slot = new Slot(before != null && before.entry().equals(entry) ? before.entry() : entry, live);
        devices.put(device, slot);
        for (TokenEntry token : live) {
            owners.put(token.hash(), device);
            if (token.endsAt() != Long.MAX_VALUE
                    && (before == null || !before.tokens().contains(token))) {
                endings.add(new Ending(token.endsAt(), device, token.id()));
            }
        }
        if (before == null) {
            tell(listener -> listener.deviceAdded(device));
            return;
        }
        if (!before.entry().equals(entry)) {
            tell(listener -> listener.deviceChanged(entry));
        }
        for (TokenEntry old : before.tokens()) {
            if (live.stream().noneMatch(token -> token.id() == old.id())) {
                boolean ranOut = old.endsAt() <= clock.millis() + CLOCK_SKEW_MS;
                forget(device, old, ranOut ? old.end() : TokenEnd.REVOKED);
            }
        }
    }

    void remove(String device) {
        Slot slot = devices.remove(device);
        if (slot != null) {
            slot.tokens().forEach(token -> owners.remove(token.hash()));
            tell(listener -> listener.deviceRemoved(device));
        }
    }

    /** After a full load: whatever it did not find is gone. */
    void retain(Set<String> foundDevices) {
        for (String device : List.copyOf(devices.keySet())) {
            if (!foundDevices.contains(device)) {
                remove(device);
            }
        }
    }

    /** Ends the tokens whose time has come; called at least once a second. */
    void endTokens() {
        long now = clock.millis();
        for (Ending next = endings.peek(); next != null && next.at() <= now; next = endings.peek()) {
            endings.poll();
            Slot slot = devices.get(next.device());
            if (slot != null) {
                endDeadTokens(next.device(), slot, now);
            }
        }
    }

    private void endDeadTokens(String device, Slot slot, long now) {
        List<TokenEntry> live = new ArrayList<>();
        List<TokenEntry> dead = new ArrayList<>();
        slot.tokens().forEach(token -> (token.isLive(now) ? live : dead).add(token));
        if (!dead.isEmpty()) {
            devices.put(device, new Slot(slot.entry(), List.copyOf(live)));
            dead.forEach(token -> forget(device, token, token.end()));
        }
    }

    private void tell(Consumer<DirectoryListener> news) {
        for (DirectoryListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                RegistryLog.LOG.listenerFailed(e);
            }
        }
    }

    private void forget(String device, TokenEntry token, TokenEnd end) {
        owners.remove(token.hash());
        tell(listener -> listener.tokenEnded(device, token.id(), end));
    }
}
