package io.sluice.rollup;

/** Hears how many repeated messages of a device were counted. */
interface RepeatsListener {
    /** With each commit in which some were: what is told then is committed with the count itself. */
    void counted(DeviceState device);

    /** The device was silent for so long that nothing of it is kept. */
    void forgotten(String device);
}
