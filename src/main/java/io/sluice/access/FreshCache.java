package io.sluice.access;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers of the database that may be a little old: taken from memory while fresh, asked for again afterwards, and taken
 * from memory however old where the database does not answer, so that open sessions go on without it. What was not found is
 * not kept: outsiders could otherwise push out what is in use. Bounded; the least recently used goes.
 */
final class FreshCache<K, V> {
    private record Entry<V>(V value, long loadedAt) {}

    private final long freshForMs;
    private final InstantSource clock;
    private final Map<K, Entry<V>> entries;

    FreshCache(Duration freshFor, int size, InstantSource clock) {
        this.freshForMs = freshFor.toMillis();
        this.clock = clock;
        this.entries = new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, FreshCache.Entry<V>> eldest) {
                return size() > size;
            }
        };
    }

    Uni<Optional<V>> get(K key, Supplier<Uni<Optional<V>>> load) {
        Entry<V> entry = entry(key);
        if (entry != null && clock.millis() - entry.loadedAt() < freshForMs) {
            return Uni.createFrom().item(Optional.of(entry.value()));
        }
        Uni<Optional<V>> loaded = load.get().invoke(value -> keep(key, value));
        return entry == null ? loaded : loaded.onFailure().recoverWithItem(() -> Optional.of(entry.value()));
    }

    synchronized void put(K key, V value) {
        entries.put(key, new Entry<>(value, clock.millis()));
    }

    synchronized void remove(K key) {
        entries.remove(key);
    }

    synchronized void clear() {
        entries.clear();
    }

    private synchronized @Nullable Entry<V> entry(K key) {
        return entries.get(key);
    }

    private void keep(K key, Optional<V> value) {
        value.ifPresentOrElse(found -> put(key, found), () -> remove(key));
    }
}
