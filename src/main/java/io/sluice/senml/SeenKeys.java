package io.sluice.senml;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The keys met so far in the open maps, one set per depth, to find duplicates among labels that are otherwise ignored.
 * The sets are kept for the next map of that depth; one that grew is dropped, so that clearing stays cheap.
 */
final class SeenKeys {
    private static final int KEPT = 64;

    /** Not by hash: a peer can choose keys that share one, and a message of them would hold the event loop for a second. */
    private static final Comparator<Object> ORDER = SeenKeys::compare;

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

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(Object one, Object other) {
        // Of a buffer the runtime's class is not the one that it is comparable to.
        String kind = kind(one);
        String otherKind = kind(other);
        return kind.equals(otherKind) ? ((Comparable) one).compareTo(other) : kind.compareTo(otherKind);
    }

    private static String kind(Object key) {
        return key instanceof ByteBuffer ? "" : key.getClass().getName();
    }

    /** @return false where that map has the key already */
    boolean add(int depth, Object key) {
        Set<Object> keys = byDepth[depth];
        if (keys == null) {
            keys = new TreeSet<>(ORDER);
            byDepth[depth] = keys;
        }
        return keys.add(key);
    }
}
