package io.sluice.sim.signal;

import io.sluice.sim.pack.Value;
import java.util.Random;

/** The course of one value over time. Asked with times that never go back. */
public interface Signal {

    /** @param seconds since the device was switched on */
    Value at(double seconds, Random random);
}
