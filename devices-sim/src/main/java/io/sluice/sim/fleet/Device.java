package io.sluice.sim.fleet;

import io.sluice.sim.firmware.Firmware;
import io.sluice.sim.firmware.Firmware.Identity;
import io.sluice.sim.firmware.FirmwareLimits;
import io.sluice.sim.firmware.FirmwareObserver;
import io.sluice.sim.firmware.Message;
import io.sluice.sim.firmware.Timekeeper;
import io.sluice.sim.firmware.Timekeeper.Timer;
import io.sluice.sim.firmware.Transport;
import io.sluice.sim.report.Ledger;
import io.sluice.sim.report.Tally;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One simulated device: what it produces, and the firmware that brings it to the server. All on one event loop. It is
 * settled when it has nothing left to do: its source has ended and all is acknowledged, or the server refuses it.
 */
final class Device implements FirmwareObserver {
    /** So many messages in a row, then others get their turn on the event loop. */
    private static final int MESSAGES_A_TURN = 64;

    private static final long NANOS_PER_MS = 1_000_000;

    private final Identity identity;
    private final Source source;
    private final Timekeeper time;
    private final Tally tally;
    private final @Nullable Ledger ledger;
    private final boolean serverTime;
    private final Runnable settled;
    private final Firmware firmware;

    private long startedAt;
    private boolean ended;
    private boolean producing;
    private boolean waitingForRoom;
    private boolean online;
    private boolean toldSettled;
    private @Nullable Timer next;

    Device(
            Identity identity,
            Source source,
            Transport transport,
            Timekeeper time,
            Random random,
            FirmwareLimits limits,
            boolean serverTime,
            Tally tally,
            @Nullable Ledger ledger,
            Runnable settled) {
        this.identity = identity;
        this.source = source;
        this.time = time;
        this.tally = tally;
        this.ledger = ledger;
        this.serverTime = serverTime;
        this.settled = settled;
        this.firmware = new Firmware(identity, transport, time, random, limits, this);
    }

    /** @param fleetStart the fleet's common zero of time, {@link Timekeeper#nanos} */
    void start(long fleetStart) {
        if (ended) {
            return;
        }
        startedAt = fleetStart;
        producing = true;
        firmware.start();
        produce();
    }

    void stopProducing() {
        ended = true;
        producing = false;
        if (next != null) {
            next.cancel();
        }
        checkSettled();
    }

    void stop() {
        stopProducing();
        firmware.stop();
    }

    String id() {
        return identity.device();
    }

    /** What the server has not acknowledged, with what was still to be produced. */
    long unfinished() {
        return firmware.unacknowledged() + source.remaining();
    }

    boolean isRefused() {
        return firmware.isRefused();
    }

    long skipped() {
        return source.skipped();
    }

    private void produce() {
        next = null;
        waitingForRoom = false;
        for (int i = 0; producing && source.hasNext(); i++) {
            long now = (time.nanos() - startedAt) / NANOS_PER_MS;
            long wait = source.dueMs() - now;
            if (wait > 0 || i == MESSAGES_A_TURN) {
                next = time.after(Math.max(1, wait), this::produce);
                return;
            }
            if (!firmware.hasRoom()) {
                waitingForRoom = true;
                return;
            }
            Message message = source.next(now, time.wallMillis() + (serverTime ? firmware.serverAheadMs() : 0));
            tally.produced.increment();
            firmware.offer(message);
        }
        checkSettled();
    }

    private void checkSettled() {
        boolean done = (!producing || !source.hasNext()) && firmware.unacknowledged() == 0;
        if (!toldSettled && (done || firmware.isRefused())) {
            toldSettled = true;
            settled.run();
        }
    }

    @Override
    public void online(boolean again) {
        online = true;
        tally.online.incrementAndGet();
        (again ? tally.reconnects : tally.connects).increment();
    }

    @Override
    public void offline(int closeCode) {
        if (online) {
            online = false;
            tally.online.decrementAndGet();
        }
        tally.closed(closeCode);
        // The firmware judges the code after this call.
        time.after(1, this::checkSettled);
    }

    @Override
    public void refused(int status) {
        tally.refused(status);
        time.after(1, this::checkSettled);
    }

    @Override
    public void unreachable(String why) {
        tally.unreachable(why);
    }

    @Override
    public void sent(Message message, boolean again) {
        if (again) {
            tally.resent.increment();
        } else {
            tally.sent.increment();
            tally.sentRecords.add(message.records());
        }
    }

    @Override
    public void acknowledged(long number, Message message, long nanos) {
        tally.acknowledged.increment();
        tally.acknowledgedRecords.add(message.records());
        tally.ackLatency.add(nanos);
        if (ledger != null) {
            ledger.add(
                    identity.device(),
                    identity.epoch(),
                    number,
                    message.records(),
                    message.rejectedRecords(),
                    message.sendings());
        }
    }

    @Override
    public void rejected(long number, String code, String detail, int records) {
        tally.rejected(code, detail, records);
    }

    @Override
    public void dropped(Message message, String why) {
        tally.dropped(why);
    }

    @Override
    public void slowedDown(long millis) {
        tally.slowdowns.increment();
    }

    @Override
    public void goingAway(long millis) {
        tally.goaways.increment();
    }

    @Override
    public void oddity(String what) {
        tally.oddity(what);
    }

    @Override
    public void room() {
        if (waitingForRoom) {
            produce();
        } else {
            checkSettled();
        }
    }
}
