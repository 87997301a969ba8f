package io.sluice.rollup;

/** Hears how many repeated messages of a device were counted. */
interface RepeatsListener {
    /** At a commit: what is told then is committed with the count itself. At most every 5 s for one device. */
    void counted(DeviceState device);

    /** The device was silent for so long that nothing of it is kept. */
    void forgotten(String device);
}
