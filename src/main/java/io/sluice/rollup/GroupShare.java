package io.sluice.rollup;

import java.util.Arrays;

/**
 * One group's windows among the {@link KeptWindows}: for each length how many, and from which start on where it had to give
 * some away for itself.
 */
final class GroupShare {
    final String group;
    final int[] kept;
    final long[] floors;

    GroupShare(String group, int lengths) {
        this.group = group;
        kept = new int[lengths];
        floors = new long[lengths];
        Arrays.fill(floors, Long.MIN_VALUE);
    }

    int count() {
        return Arrays.stream(kept).sum();
    }

    /** Whether there is nothing to be remembered of it. */
    boolean isEmpty() {
        return count() == 0 && Arrays.stream(floors).allMatch(floor -> floor == Long.MIN_VALUE);
    }

    /** The length of which there are most. */
    static int fullest(int[] kept) {
        int fullest = 0;
        for (int length = 1; length < kept.length; length++) {
            fullest = kept[length] > kept[fullest] ? length : fullest;
        }
        return fullest;
    }
}
