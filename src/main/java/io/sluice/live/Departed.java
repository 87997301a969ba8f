package io.sluice.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Deleted devices. For a few seconds they are shown as before, so that whoever looks sees how they ended; then they
 * leave the boards, and what still comes of them (their last windows become final a minute later) is left out. Of more
 * than {@value #MAX} the one that was deleted longest ago leaves at the next occasion and is forgotten. Thread-safe.
 */
final class Departed {
    static final long SHOWN_MS = 5_000;
    private static final int MAX = 10_000;
    private static final long GONE = Long.MIN_VALUE;

    /** Until when each is shown, in ms since 1970; {@link #GONE} from then on. */
    private final Map<String, Long> shownUntil = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            boolean full = size() > MAX;
            if (full && eldest.getValue() != GONE) {
                surplus.add(eldest.getKey());
            }
            return full;
        }
    };

    /** Pushed out before their time was over; emptied at every leave-taking. */
    private final Set<String> surplus = new LinkedHashSet<>();

    synchronized void left(String device, long now) {
        shownUntil.putIfAbsent(device, now + SHOWN_MS);
    }

    /** There is a device of this name again. */
    synchronized void returned(String device) {
        shownUntil.remove(device);
        surplus.remove(device);
    }

    /** Whether there is none at all, as there is most of the time. */
    synchronized boolean isEmpty() {
        return shownUntil.isEmpty();
    }

    /** Whether it is shown no more. */
    synchronized boolean isGone(String device) {
        return shownUntil.getOrDefault(device, 0L) == GONE;
    }

    /** Those whose time is over, each once; they are gone from now on. And those for whom there was no room. */
    synchronized List<String> takeLeave(long now) {
        List<String> leaving = new ArrayList<>(surplus);
        surplus.clear();
        for (Map.Entry<String, Long> each : shownUntil.entrySet()) {
            if (each.getValue() != GONE && each.getValue() <= now) {
                each.setValue(GONE);
                leaving.add(each.getKey());
            }
        }
        return leaving;
    }
}
