package io.sluice.ingest;

import io.sluice.platform.ReadGate.Reason;
import io.sluice.protocol.CloseCode;
import io.sluice.protocol.ControlFrame;
import io.sluice.protocol.Encoding;
import io.sluice.protocol.FrameKind;
import io.sluice.protocol.Numbering;
import io.sluice.protocol.ServerFrames;
import io.sluice.registry.DirectoryEntry;
import io.sluice.telemetry.RejectCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One device connection, from {@code welcome} to the close frame: numbers messages, hands what they hold to the log, and
 * acknowledges what is durable (device protocol sections 2, 4 and 5).
 *
 * <pre>
 * TAKING ──poison, restart──▶ FLUSHING ──all durable, or time over──▶ DONE
 *   │                            │                                     ▲
 *   └──────── log failed, taken over, socket gone ─────────────────────┘
 * </pre>
 *
 * Runs on its connection's event loop; knows no socket, no clock and no Kafka, so it is tested without them.
 */
final class Session implements MessageLog.Receiver {
    private enum State {
        TAKING,
        FLUSHING,
        DONE
    }

    private final DeviceLink link;
    private final SessionLimits limits;
    private final ServerFrames frames;
    private final PackJudge judge;
    private final MessageLog log;
    private final MessageLog.Lane lane;
    private final Outlet outlet;
    private final Timers timers;
    private final IngestMetrics metrics;
    private final Credit credit;
    private final RateLimit rate;

    private State state = State.TAKING;
    private int malformedInARow;
    private byte @Nullable [] waiting;
    private boolean waitingText;
    private boolean restarting;
    private boolean ackScheduled;
    private @Nullable CloseCode closing;
    private String closingReason = "";

    Session(
            DeviceLink link,
            Encoding encoding,
            SessionLimits limits,
            PackJudge judge,
            MessageLog log,
            MessageLog.Lane lane,
            Outlet outlet,
            Timers timers,
            IngestMetrics metrics) {
        this.link = link;
        this.limits = limits;
        this.frames = new ServerFrames(encoding);
        this.judge = judge;
        this.log = log;
        this.lane = lane;
        this.outlet = outlet;
        this.timers = timers;
        this.metrics = metrics;
        this.credit = new Credit(limits.wire().window(), link.next());
        this.rate = new RateLimit(link.memory().bucket(), limits.ratePatienceMs());
    }

    void welcome() {
        outlet.send(frames.welcome(
                link.device(), link.session(), link.epoch(), link.next(), limits.wire(), timers.millis()));
        // The debt of an earlier connection is not forgiven by a new one.
        slow(link.entry(), 0);
    }

    /** Takes a whole message, or keeps it while the log as a whole is full; {@link Outlet#taken} says when it was taken. */
    void message(byte[] message, boolean text) {
        if (state == State.TAKING && FrameKind.of(message, text) == FrameKind.CONTROL) {
            outlet.send(frames.error(ControlFrame.judge(message, text)));
        } else if (state == State.TAKING && log.isFull()) {
            // Others filled it since this one was let in.
            waiting = message;
            waitingText = text;
            outlet.pause(Reason.BYTES);
            return;
        } else if (state == State.TAKING) {
            data(message, text);
        }
        outlet.taken();
    }

    private void data(byte[] message, boolean text) {
        if (credit.next() > Numbering.MAX) {
            closeAfterFlush(CloseCode.POLICY, "the numbers of this epoch are used up");
            return;
        }
        long now = timers.millis();
        DirectoryEntry device = link.refresh();
        long seq = credit.number();
        Judgement judgement = judge.judge(
                link.device(),
                device.profile(),
                link.memory().metrics(),
                message,
                text ? Encoding.JSON : Encoding.CBOR,
                now);
        metrics.taken(judgement);
        append(seq, now, judgement);
        int cost = link.isRepeated(seq) ? 1 : judgement.cost();
        link.taken(seq);
        settled();
        hold();
        slow(device, cost);
        malformedInARow = judgement.malformed() ? malformedInARow + 1 : 0;
        if (malformedInARow >= limits.maxMalformed()) {
            closeAfterFlush(CloseCode.POLICY, malformedInARow + " malformed messages in a row");
        }
    }

    private void append(long seq, long now, Judgement judgement) {
        byte[] pack = judgement.pack();
        if (pack != null) {
            append(new LogEntry(link.origin(), seq, now, pack, null));
        }
        for (Judgement.Letter letter : judgement.letters()) {
            outlet.send(frames.reject(seq, letter.rejection()));
            append(new LogEntry(link.origin(), seq, now, letter.value(), letter.reason()));
        }
    }

    private void append(LogEntry entry) {
        if (state == State.DONE) {
            // What came before it failed at once: nothing later is sent.
            return;
        }
        credit.sent(entry.seq(), entry.weight());
        if (!lane.append(entry, this)) {
            failed("refused by the producer");
        }
    }

    private void failed(String failure) {
        // Its count stays out, so no acknowledgement can pass it.
        IngestLog.LOG.sendFailed(link.device(), failure);
        credit.advance();
        close(CloseCode.INTERNAL, CloseCode.INTERNAL.sentence());
    }

    @Override
    public void receipt(LogEntry entry, @Nullable Throwable failure) {
        if (entry.seq() >= credit.next()) {
            // The note on a message that was never accepted; nothing waits for it.
            return;
        }
        if (failure == null) {
            credit.returned(entry.seq(), entry.weight());
        } else if (state != State.DONE) {
            failed(failure.toString());
        }
    }

    @Override
    public void settled() {
        credit.advance();
        if (state == State.DONE) {
            return;
        }
        if (credit.isAckUrgent()) {
            sendAck();
        } else if (credit.isAckWanted() && !ackScheduled) {
            ackScheduled = true;
            timers.ackDue(this);
        }
        if (state == State.FLUSHING) {
            if (credit.isSettled()) {
                finishClosing();
            }
        } else if (restarting && credit.isSettled()) {
            closeAfterFlush(CloseCode.RESTART, CloseCode.RESTART.sentence());
        } else {
            release();
        }
    }

    /** The acknowledgement interval is over. */
    void sendDueAck() {
        ackScheduled = false;
        if (state != State.DONE && credit.isAckWanted()) {
            sendAck();
        }
    }

    private void sendAck() {
        outlet.send(frames.ack(credit.acknowledge()));
        metrics.acknowledged();
    }

    /** Takes no more messages while the bounds are reached. */
    private void hold() {
        if (credit.isWindowFull()) {
            metrics.stalled();
            outlet.pause(Reason.WINDOW);
        }
        if (credit.bytes() >= limits.maxBytes() || log.isFull()) {
            outlet.pause(Reason.BYTES);
        }
    }

    /** Takes messages again where the bounds allow it; also called when the log as a whole has room again. */
    void release() {
        if (state != State.TAKING) {
            return;
        }
        if (credit.bytes() < limits.maxBytes() && !log.isFull()) {
            byte[] message = waiting;
            outlet.resume(Reason.BYTES);
            if (message != null) {
                waiting = null;
                data(message, waitingText);
                outlet.taken();
            }
        }
        if (!credit.isWindowFull()) {
            outlet.resume(Reason.WINDOW);
        }
    }

    private void slow(DirectoryEntry device, int cost) {
        long waitMs = rate.take(cost, device.profile(), timers.nanos());
        if (waitMs > 0 && state == State.TAKING) {
            outlet.pause(Reason.RATE);
            outlet.send(frames.slowdown(waitMs));
            timers.after(waitMs, this::endSlowdown);
        }
    }

    private void endSlowdown() {
        if (state != State.TAKING) {
            return;
        }
        long leftMs = rate.debtMs(link.entry().profile(), timers.nanos());
        if (leftMs > 0) {
            // What was posted beside this connection went on the same account.
            timers.after(leftMs, this::endSlowdown);
        } else if (rate.isPatienceOver(outlet.isHoldingSeveral(), timers.nanos())) {
            closeAfterFlush(CloseCode.RATE, CloseCode.RATE.sentence());
        } else {
            outlet.resume(Reason.RATE);
        }
    }

    /**
     * The instance ends: what still comes is taken until everything is durable, for half the flush time at most, then what
     * is under way is awaited.
     */
    void restart() {
        if (state != State.TAKING) {
            return;
        }
        restarting = true;
        if (credit.isSettled()) {
            closeAfterFlush(CloseCode.RESTART, CloseCode.RESTART.sentence());
        } else {
            timers.after(
                    limits.flushTimeoutMs() / 2,
                    () -> closeAfterFlush(CloseCode.RESTART, CloseCode.RESTART.sentence()));
        }
    }

    /** Tells the device to come back elsewhere; data is taken until the close. */
    void goAway(String reason, long reconnectAfterMs) {
        if (state == State.TAKING) {
            outlet.send(frames.goaway(reason, reconnectAfterMs));
        }
    }

    /**
     * A message was too big or not text: it is not accepted and gets no number, and a note without payload goes to the dead
     * letters so that the operator sees it.
     */
    void poisoned(CloseCode code, String detail) {
        if (state == State.TAKING && (code == CloseCode.BAD_UTF8 || code == CloseCode.TOO_BIG)) {
            RejectCode reject = code == CloseCode.TOO_BIG ? RejectCode.TOO_LARGE : RejectCode.MALFORMED;
            LogEntry.Reason reason = new LogEntry.Reason(reject, detail, List.of(), "application/octet-stream");
            lane.append(new LogEntry(link.origin(), credit.next(), timers.millis(), new byte[0], reason), this);
            metrics.rejected(reject);
        }
        closeAfterFlush(code, detail);
    }

    /** Closes once everything received is durable and acknowledged, or the flush time is over. */
    void closeAfterFlush(CloseCode code, String reason) {
        if (state != State.TAKING) {
            return;
        }
        state = State.FLUSHING;
        closing = code;
        closingReason = reason;
        outlet.pause(Reason.CLOSING);
        if (credit.isSettled()) {
            finishClosing();
        } else {
            timers.after(limits.flushTimeoutMs(), this::finishClosing);
        }
    }

    private void finishClosing() {
        if (state == State.FLUSHING && closing != null) {
            close(closing, closingReason);
        }
    }

    /** Acknowledges what is durable and closes at once. */
    void close(CloseCode code, String reason) {
        if (state == State.DONE) {
            return;
        }
        // First: a socket that takes the acknowledgement may become writable by it, and deliver.
        state = State.DONE;
        waiting = null;
        if (credit.isAckWanted()) {
            sendAck();
        }
        outlet.close(code, reason);
    }

    /** Whether it has closed, or the socket has gone. */
    boolean isDone() {
        return state == State.DONE;
    }

    /** The socket has gone. */
    void gone() {
        state = State.DONE;
        waiting = null;
    }
}
