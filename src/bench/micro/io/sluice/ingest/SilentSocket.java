package io.sluice.ingest;

import io.sluice.platform.ReadGate.Reason;
import io.sluice.protocol.CloseCode;

/** Where a session's frames end, and the clock that it goes by. */
final class SilentSocket implements Outlet, Timers {
    private long octets;

    @Override
    public void send(byte[] frame) {
        octets += frame.length;
    }

    long octets() {
        return octets;
    }

    @Override
    public void close(CloseCode code, String reason) {
        throw new IllegalStateException(code + " " + reason);
    }

    @Override
    public void pause(Reason reason) {
        throw new IllegalStateException("held back: " + reason);
    }

    @Override
    public void resume(Reason reason) {
        // It is always read.
    }

    @Override
    public void taken() {
        // The next one comes anyway.
    }

    @Override
    public boolean isHoldingSeveral() {
        return false;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public void after(long millis, Runnable task) {
        throw new IllegalStateException("held back");
    }

    @Override
    public void ackDue(Session session) {
        session.sendDueAck();
    }
}
