package io.sluice.senml;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys met so far in the open maps, one set per depth, to find duplicates among labels that are otherwise ignored.
 * The sets are kept for the next map of that depth; one that grew is dropped, so that clearing stays cheap.
 */
final class SeenKeys {
    private static final int KEPT = 64;

    private final @Nullable Set<Object>[] byDepth;

    @SuppressWarnings({"unchecked", "rawtypes"})
    SeenKeys(int maxDepth) {
        byDepth = new Set[maxDepth + 1];
    }

    /** Forgets the keys of the map of that depth, at its beginning. */
    void open(int depth) {
        Set<Object> keys = byDepth[depth];
        if (keys != null && !keys.isEmpty()) {
            if (keys.size() > KEPT) {
                byDepth[depth] = null;
            } else {
                keys.clear();
            }
        }
    }

    void openAll() {
        for (int depth = 0; depth < byDepth.length; depth++) {
            open(depth);
        }
    }

    /** @return false where that map has the key already */
    boolean add(int depth, Object key) {
        Set<Object> keys = byDepth[depth];
        if (keys == null) {
            keys = new HashSet<>();
            byDepth[depth] = keys;
        }
        return keys.add(key);
    }
}
