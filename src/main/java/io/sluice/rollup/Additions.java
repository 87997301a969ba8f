package io.sluice.rollup;

/** Hears of every number that a device's window has taken. */
@FunctionalInterface
interface Additions {
    /** Of a device that is in no group. */
    Additions NOBODY = (window, value, time, arrival, number, index) -> {};

    /** The last five as in {@link Aggregate#add(double, long, long, long, int)}. */
    void added(OpenWindow window, double value, long time, long arrival, long number, int index);
}
