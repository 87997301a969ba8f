package io.sluice.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a peer may take with a request, whatever it asks for. */
@ConfigMapping(prefix = "sluice.http")
interface HttpConfig {
    /**
     * Time from the accepted connection to the end of its first request's head, TLS handshake included. Longer: the
     * connection is closed.
     */
    @WithDefault("PT10S")
    Duration headTimeout();

    /** Time from the end of a request's head to the end of its body. Longer: 408. */
    @WithDefault("PT60S")
    Duration bodyTimeout();

    /**
     * Time from the end of an answer until all of it is in the socket. Longer, for a peer that does not read: the
     * connection is closed.
     */
    @WithDefault("PT60S")
    Duration answerTimeout();

    /** Time from an answer to the end of the next request's head. */
    @WithDefault("PT75S")
    Duration keepAlive();

    /** How long the rest of a request is read after it was answered early (413), so that the answer arrives. */
    @WithDefault("PT2S")
    Duration linger();

    /** Connections of this process that have not sent a request yet. More: the oldest of them are closed. */
    @WithDefault("4096")
    int maxPending();

    /**
     * Requests of a connection that wait behind one that is not answered yet; each is passed on when the answer before
     * it is in the socket. More: the connection is closed.
     */
    @WithDefault("16")
    int maxPipelined();

    /**
     * How long browsers are told to come over TLS alone ({@code Strict-Transport-Security}), on answers over TLS. Zero:
     * they are not told. In production: a year.
     */
    @WithDefault("PT0S")
    Duration strictTransport();

    /**
     * Whether TLS is BoringSSL's, where its library can be loaded. Elsewhere, and in a native executable, it is the
     * JDK's.
     */
    @WithDefault("true")
    boolean boringssl();
}
