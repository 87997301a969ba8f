package io.sluice.senml;

/**
 * Bounds that hold before anything is built (device protocol sections 2 and 3).
 *
 * @param maxRecords records a pack, base-only ones included
 * @param maxResolvedBytes octets of a message's resolved form
 */
public record DecoderLimits(int maxRecords, int maxResolvedBytes) {
    public static final DecoderLimits DEFAULT = new DecoderLimits(1_000, 512 * 1024);
    public static final int MAX_NAME_OCTETS = 255;
    public static final int MAX_UNIT_OCTETS = 64;
}
