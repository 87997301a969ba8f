package io.sluice.platform;

/** Whom a guarded WebSocket tells, on the channel's event loop. */
@FunctionalInterface
public interface WireListener {
    /**
     * The peer broke the rules; nothing it sent afterwards is delivered. The owner closes, with the violation's code, when
     * it has said what it still has to say.
     */
    void violated(WireViolation violation);
}
