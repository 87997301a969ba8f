package io.sluice.rollup;

/** Hears how many messages of a device were repeats, and how many of its readings were late. */
interface CountsListener {
    /** At a commit: what is told then is committed with the counts themselves. At most every 5 s for one device. */
    void counted(DeviceState device);

    /** The device was silent for so long that nothing of it is kept. */
    void forgotten(String device);
}
