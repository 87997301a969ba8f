package io.sluice.sim.pack;

import java.util.List;

/**
 * Writes a SenML pack (RFC 8428). The first record carries base name ({@code <device>:}) and base time, the others are
 * relative to it, as thrifty firmware does.
 */
public interface PackWriter {

    /** @throws IllegalArgumentException for no readings: an empty pack is malformed (device protocol section 3) */
    byte[] write(String device, List<Reading> readings);
}
