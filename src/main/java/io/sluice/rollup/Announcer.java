package io.sluice.rollup;

/** Where a window's value goes when somebody should see it. */
@FunctionalInterface
interface Announcer {
    /** @param isFinal whether nothing can be added any more, as far as is known now */
    void announce(DeviceState device, OpenWindow window, boolean isFinal);
}
