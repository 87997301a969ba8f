package io.sluice.registry;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When tokens were last used, until it is written down. At most one number per token that the directory knows, however
 * often a device connects and however long the database is away. Thread-safe.
 */
final class TokenUses {
    private final Map<Long, Long> unwritten = new ConcurrentHashMap<>();

    /** @param at ms since 1970 */
    void used(long token, long at) {
        if (token != Admission.NO_TOKEN) {
            unwritten.merge(token, at, Math::max);
        }
    }

    /** Takes out at most {@code limit} of them; what could not be written is {@link #used} again. */
    Map<Long, Long> take(int limit) {
        Map<Long, Long> taken = new HashMap<>();
        for (Iterator<Long> each = unwritten.keySet().iterator(); each.hasNext() && taken.size() < limit; ) {
            Long token = each.next();
            Long at = unwritten.remove(token);
            if (at != null) {
                taken.put(token, at);
            }
        }
        return taken;
    }
}
