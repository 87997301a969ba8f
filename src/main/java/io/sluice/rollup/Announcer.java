package io.sluice.rollup;

/** Where a window's value goes when somebody should see it. */
@FunctionalInterface
interface Announcer {
    /**
     * @param id of the device, or the group's name
     * @param isFinal whether nothing can be added any more, as far as is known now
     */
    void announce(String id, OpenWindow window, boolean isFinal);
}
