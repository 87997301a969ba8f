package io.sluice.platform;

import java.time.Duration;

/**
 * Bounds of one guarded WebSocket.
 *
 * @param maxMessageBytes octets of a message, over all its fragments
 * @param messageTimeout from a message's first octet to its last; the clock stands still while the server does not read
 * @param closeTimeout how long a peer may take to answer a close frame, and to end the connection
 */
public record WireLimits(int maxMessageBytes, Duration messageTimeout, Duration closeTimeout) {}
