package io.sluice.platform;

/** Whom a guarded WebSocket tells, on the channel's event loop. */
public interface WireListener {
    /** A whole message. The next one comes when {@link GuardedWebSocket#delivered} was called. */
    void message(byte[] octets, boolean text);

    /** {@link #message} threw it. */
    void failed(Throwable fault);

    /** The peer answered a ping. */
    default void ponged() {}

    /**
     * The peer broke the rules; nothing it sent afterwards is delivered. The owner closes, with the violation's code, when
     * it has said what it still has to say.
     */
    void violated(WireViolation violation);
}
