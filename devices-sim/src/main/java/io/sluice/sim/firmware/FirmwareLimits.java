package io.sluice.sim.firmware;

/**
 * @param bufferedMessages bound of the buffer of unacknowledged messages
 * @param greetingMs how long a connection may take from its upgrade to the {@code welcome}
 * @param stableMs a connection that lived as long resets the back-off
 * @param parkedMs how long a device stays away after a final close code (device protocol section 5: an hour)
 * @param longestToldMs bound of the waits that the server may ask for
 */
public record FirmwareLimits(int bufferedMessages, long greetingMs, long stableMs, long parkedMs, long longestToldMs) {
    public static final int DEFAULT_BUFFERED_MESSAGES = 1_024;

    public FirmwareLimits {
        if (bufferedMessages < 1) {
            throw new IllegalArgumentException("the buffer needs room for at least one message");
        }
    }

    public static FirmwareLimits ofBuffer(int bufferedMessages) {
        return new FirmwareLimits(bufferedMessages, 10_000, 60_000, 3_600_000, 3_600_000);
    }
}
