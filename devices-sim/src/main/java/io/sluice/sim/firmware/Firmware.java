package io.sluice.sim.firmware;

import io.sluice.sim.firmware.CloseCode.Advice;
import io.sluice.sim.firmware.Timekeeper.Timer;
import io.sluice.sim.firmware.Transport.Opening;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One device's side of the protocol, as good firmware does it. Single-threaded: every call, event and task of one device
 * comes on the same thread.
 *
 * <pre>
 * IDLE       --start-->                          CONNECTING
 * CONNECTING --upgraded-->                       GREETING
 *            --refused, nobody there-->          WAITING
 * GREETING   --welcome-->                        ONLINE
 *            --no welcome in time, closed-->     WAITING
 * ONLINE     --closed, or silent for too long--> WAITING
 *            --closed 4501, 4503, 4509-->        PARKED
 * WAITING    --back-off over, or time told-->    CONNECTING
 * PARKED     --an hour later-->                  CONNECTING
 * any        --stop-->                           STOPPED
 * </pre>
 *
 * <p>While ONLINE it sends what waits, within the window that the welcome told, unless a {@code slowdown} holds it or the
 * connection takes no more.
 */
public final class Firmware {

    /** Where the device stands; see the class. */
    public enum State {
        IDLE,
        CONNECTING,
        GREETING,
        ONLINE,
        WAITING,
        PARKED,
        STOPPED
    }

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Identity identity;
    private final Transport transport;
    private final Timekeeper time;
    private final BackOff backOff;
    private final FirmwareLimits limits;
    private final FirmwareObserver observer;
    private final Backlog backlog;

    private State state = State.IDLE;
    private @Nullable Connection connection;
    private @Nullable Timer wakeUp;
    private boolean wasOnline;
    private boolean refused;
    private long serverAheadMs;

    /**
     * Who the device is.
     *
     * @param epoch names its numbering; must never have been used with other messages, so it is random at each start
     */
    public record Identity(String device, String token, String subprotocol, String epoch) {
        /** Without the token. */
        @Override
        public String toString() {
            return device + " epoch " + epoch;
        }
    }

    public Firmware(
            Identity identity,
            Transport transport,
            Timekeeper time,
            Random random,
            FirmwareLimits limits,
            FirmwareObserver observer) {
        this.identity = identity;
        this.transport = transport;
        this.time = time;
        this.backOff = new BackOff(random);
        this.limits = limits;
        this.observer = observer;
        this.backlog = new Backlog(limits.bufferedMessages());
    }

    public void start() {
        if (state == State.IDLE) {
            connect();
        }
    }

    /** Closes normally and for good; what is unacknowledged stays so. */
    public void stop() {
        if (state == State.STOPPED) {
            return;
        }
        state = State.STOPPED;
        if (wakeUp != null) {
            wakeUp.cancel();
        }
        if (connection != null) {
            connection.abandon(CloseCode.NORMAL);
        }
    }

    public State state() {
        return state;
    }

    public boolean hasRoom() {
        return backlog.hasRoom();
    }

    /** Takes a message into the buffer and sends it as soon as the server allows. Only where {@link #hasRoom}. */
    public void offer(Message message) {
        backlog.add(message);
        pump();
    }

    public int unacknowledged() {
        return backlog.size();
    }

    /** Whether the server's last word was no: refused at the handshake, or closed with a final code. */
    public boolean isRefused() {
        return refused;
    }

    /** How far the server's clock was ahead of this one at the last welcome, ms. */
    public long serverAheadMs() {
        return serverAheadMs;
    }

    private void connect() {
        state = State.CONNECTING;
        Connection attempt = new Connection(this, time, limits, observer);
        connection = attempt;
        attempt.link(transport.open(
                new Opening(
                        identity.device(),
                        identity.token(),
                        identity.subprotocol(),
                        identity.epoch(),
                        backlog.oldest()),
                attempt));
    }

    Backlog backlog() {
        return backlog;
    }

    void greeting() {
        state = State.GREETING;
    }

    void welcomed(ServerFrames.Welcome welcome) {
        state = State.ONLINE;
        refused = false;
        if (welcome.timeMs() > 0) {
            serverAheadMs = welcome.timeMs() - time.wallMillis();
        }
        if (!welcome.device().equals(identity.device())
                || !welcome.epoch().equals(identity.epoch())
                || welcome.next() != backlog.oldest()) {
            observer.oddity("a welcome for another device, epoch or number than asked");
        }
        observer.online(wasOnline);
        wasOnline = true;
        pump();
    }

    /** Sends what may be sent. */
    void pump() {
        if (state == State.ONLINE && connection != null) {
            connection.pump();
        }
    }

    void handshakeRefused(int status, long retryAfterSeconds) {
        connection = null;
        // 429 and 503 are about the moment; the others say that this handshake will not be taken.
        refused = status != 429 && status < 500;
        observer.refused(status);
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            sleep(State.WAITING, backOff.afterRefusal());
        } else {
            sleep(State.WAITING, told(1_000 * Math.max(0, retryAfterSeconds)) + backOff.afterFailure());
        }
    }

    void unreachable(String why) {
        connection = null;
        observer.unreachable(why);
        sleep(State.WAITING, backOff.afterFailure());
    }

    /** @param toldMs what a {@code goaway} said; negative for none */
    void disconnected(int code, long onlineMs, long toldMs) {
        connection = null;
        observer.offline(code);
        if (onlineMs >= limits.stableMs()) {
            backOff.reset();
        }
        Advice advice = CloseCode.advice(code);
        if (advice == Advice.DROP_MESSAGE) {
            dropPoison(code);
        }
        backlog.rewind();
        if (state == State.STOPPED) {
            return;
        }
        if (advice == Advice.FINAL) {
            refused = true;
            sleep(State.PARKED, limits.parkedMs());
        } else if (advice == Advice.AS_TOLD && toldMs >= 0) {
            sleep(State.WAITING, told(toldMs));
        } else {
            sleep(State.WAITING, backOff.afterFailure());
        }
    }

    /**
     * Before 1007 and 1009 the server acknowledges all earlier messages, so the oldest left is to blame, unless Kafka took
     * longer than the server waits. For 1009 the greatest is the surer choice: if any was too big, that one is.
     */
    private void dropPoison(int code) {
        Message poison = CloseCode.isTooBig(code) ? backlog.dropGreatestInFlight() : backlog.dropOldestInFlight();
        if (poison != null) {
            observer.dropped(poison, "the server closed with " + code + " for it");
            observer.room();
        }
    }

    private void sleep(State next, long millis) {
        state = next;
        wakeUp = time.after(Math.max(1, millis), this::connect);
    }

    private long told(long millis) {
        return Math.max(0, Math.min(limits.longestToldMs(), millis));
    }
}
