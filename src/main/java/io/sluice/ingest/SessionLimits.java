package io.sluice.ingest;

import io.sluice.protocol.Limits;

/**
 * What bounds one session.
 *
 * @param wire what {@code welcome} tells
 * @param maxBytes octets in flight
 * @param flushTimeoutMs how long a close waits for outstanding acknowledgements
 * @param ratePatienceMs how long a device may ignore {@code slowdown}
 * @param maxMalformed malformed messages in a row
 */
record SessionLimits(Limits wire, int maxBytes, long flushTimeoutMs, long ratePatienceMs, int maxMalformed) {
    static SessionLimits of(IngestConfig config) {
        Limits wire = new Limits(config.window(), config.maxMessageBytes(), config.maxRecords(), (int)
                Math.max(1, config.heartbeat().toSeconds()));
        return new SessionLimits(
                wire,
                config.maxConnectionBytes(),
                config.flushTimeout().toMillis(),
                config.ratePatience().toMillis(),
                config.maxMalformedInARow());
    }
}
