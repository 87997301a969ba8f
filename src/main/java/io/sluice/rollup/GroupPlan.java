package io.sluice.rollup;

/**
 * How much of the groups' windows one task keeps.
 *
 * @param reach ms for which a window is kept after its end, so that late additions correct it
 * @param maxWindows kept at a time; more push the oldest out
 * @param maxOpen on the heap, because their final value has not gone out; more make those final that were added to
 *     longest ago
 */
record GroupPlan(long reach, int maxWindows, int maxOpen) {
    GroupPlan {
        if (reach < 1 || maxOpen < 1 || maxWindows < maxOpen) {
            throw new IllegalArgumentException("groups keep " + maxWindows + " windows with " + maxOpen
                    + " open: at least 1 for 1 ms, and no more open than kept");
        }
    }
}
