package io.sluice.protocol;

/**
 * What {@code welcome} tells a device it may send (device protocol section 2).
 *
 * @param window unacknowledged messages
 * @param maxMessageBytes octets of a message
 * @param maxRecords records of a pack
 * @param heartbeatSeconds between the server's pings
 */
public record Limits(int window, int maxMessageBytes, int maxRecords, int heartbeatSeconds) {
    public static final Limits DEFAULT = new Limits(256, 65_536, 1_000, 25);

    public Limits {
        if (window < 1 || maxMessageBytes < 1 || maxRecords < 1 || heartbeatSeconds < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
    }
}
