package io.sluice.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a peer may take with a request, whatever it asks for. */
@ConfigMapping(prefix = "sluice.http")
interface HttpConfig {
    /** From the accepted connection to the end of its first request's head, the TLS handshake included. */
    @WithDefault("PT10S")
    Duration headTimeout();

    /** From the end of a request's head to the end of its body; beyond, 408. */
    @WithDefault("PT60S")
    Duration bodyTimeout();

    /** From the end of an answer until all of it is in the socket: for a peer that does not read. */
    @WithDefault("PT60S")
    Duration answerTimeout();

    /** From an answer to the end of the next request's head. */
    @WithDefault("PT75S")
    Duration keepAlive();

    /** How long the rest of a request is still read after it was answered early, so that the answer arrives. */
    @WithDefault("PT2S")
    Duration linger();

    /** Connections of this process that have not sent a request yet; beyond, the oldest of them are closed. */
    @WithDefault("4096")
    int maxPending();

    /** Requests of a connection that wait behind one that is not answered yet; beyond, the connection is closed. */
    @WithDefault("16")
    int maxPipelined();

    /** How long browsers are told to come over TLS alone, on answers over TLS; zero: they are not told. */
    @WithDefault("PT0S")
    Duration strictTransport();
}
