package io.sluice.ingest;

import io.sluice.platform.ReadGate;
import io.sluice.protocol.CloseCode;

/** A session's side of the socket. Used on the connection's event loop. */
interface Outlet {
    /** Sends a server frame, in the encoding that the session speaks. */
    void send(byte[] frame);

    void close(CloseCode code, String reason);

    /** Stops taking messages for this reason; see {@link ReadGate}. */
    void pause(ReadGate.Reason reason);

    void resume(ReadGate.Reason reason);

    /** The message that was handed over last is dealt with; the next may come. */
    void taken();

    /** Whether more than one message waits: one may have been on its way before its sender heard that it should wait. */
    boolean isHoldingSeveral();
}
