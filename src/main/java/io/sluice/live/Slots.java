package io.sluice.live;

import java.util.List;

/** Walks the slots of one or more change logs in the order of their versions. Used under the board's lock. */
final class Slots {
    private final List<ChangeLog> logs;
    private final int[] next;
    private ChangeLog log;
    private int slot;

    /** @param logs at least one */
    Slots(List<ChangeLog> logs, long afterVersion) {
        this.logs = logs;
        log = logs.get(0);
        next = new int[logs.size()];
        for (int i = 0; i < next.length; i++) {
            next[i] = logs.get(i).after(afterVersion);
        }
    }

    boolean advance() {
        int oldest = -1;
        long oldestVersion = Long.MAX_VALUE;
        for (int i = 0; i < next.length; i++) {
            ChangeLog candidate = logs.get(i);
            if (next[i] < candidate.size() && candidate.version(next[i]) < oldestVersion) {
                oldest = i;
                oldestVersion = candidate.version(next[i]);
            }
        }
        if (oldest < 0) {
            return false;
        }
        log = logs.get(oldest);
        slot = next[oldest]++;
        return true;
    }

    Item item() {
        return log.item(slot);
    }

    long version() {
        return log.version(slot);
    }

    /** Whether the slot is its item's newest change. */
    boolean isValid() {
        return log.isValid(slot);
    }
}
