package io.sluice.sim.firmware;

/** Opens connections to the server. Port of this room; all calls, both ways, come on the device's one thread. */
public interface Transport {

    /**
     * Starts to open a connection. Exactly one of {@link LinkEvents#opened}, {@link LinkEvents#refused} and {@link
     * LinkEvents#failed} follows within a bounded time, and after {@code opened} exactly one {@link LinkEvents#closed}.
     */
    Link open(Opening opening, LinkEvents events);

    /**
     * What the handshake says (device protocol section 1).
     *
     * @param token the device's secret
     * @param next number of the first data message on this connection
     */
    record Opening(String device, String token, String subprotocol, String epoch, long next) {
        /** Without the token. */
        @Override
        public String toString() {
            return device + " epoch " + epoch + " next " + next;
        }
    }

    /** One connection, as the device uses it. */
    interface Link {
        void send(Message message);

        /** Whether the connection takes more; after false {@link LinkEvents#writable} tells when it does again. */
        boolean writable();

        /** Starts to close, at any time, also while opening; harmless when repeated. */
        void close(int code);
    }

    /** What happens on one connection. */
    interface LinkEvents {
        void opened();

        /**
         * The server answered the handshake with something other than 101.
         *
         * @param retryAfterSeconds from {@code Retry-After}; 0 where absent
         */
        void refused(int status, long retryAfterSeconds);

        /** No answer to the handshake: nobody there, TLS not verified, time out. */
        void failed(String why);

        /** A text frame: control in JSON. */
        void text(String frame);

        /** A binary frame: control in CBOR, which a server speaks where the subprotocol says so. */
        void binary(byte[] frame);

        /** Something came, a ping perhaps. */
        void heard();

        void writable();

        /** @param code 1006 where the connection ended without a close frame */
        void closed(int code);
    }
}
