package io.sluice.sim.firmware;

import io.sluice.sim.firmware.Timekeeper.Timer;
import io.sluice.sim.firmware.Transport.Link;
import io.sluice.sim.firmware.Transport.LinkEvents;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a device, from the attempt to the end. What comes after the end, or after the firmware has abandoned
 * it, is ignored: a late event of an old connection must not disturb the new one.
 */
final class Connection implements LinkEvents, ServerFrames.Reader {
    /** Silence longer than so many heartbeats means that the server, or the way to it, is gone. */
    private static final double SILENT_HEARTBEATS = 2.4;

    private static final long NANOS_PER_MS = 1_000_000;
    private static final long UNTOLD = -1;

    private final Firmware firmware;
    private final Timekeeper time;
    private final FirmwareLimits limits;
    private final FirmwareObserver observer;
    private final Backlog backlog;

    private @Nullable Link link;
    private @Nullable Timer watch;
    private @Nullable Timer resume;
    private boolean over;
    private boolean welcomed;
    private boolean held;
    private int window;
    private int maxMessageBytes;
    private long silenceMs;
    private long onlineSince;
    private long lastHeard;
    private long acknowledged;
    private long comeBackMs = UNTOLD;

    Connection(Firmware firmware, Timekeeper time, FirmwareLimits limits, FirmwareObserver observer) {
        this.firmware = firmware;
        this.time = time;
        this.limits = limits;
        this.observer = observer;
        this.backlog = firmware.backlog();
        this.acknowledged = backlog.oldest() - 1;
    }

    void link(Link opened) {
        link = opened;
    }

    /** Closes and forgets; no event reaches the firmware any more. */
    void abandon(int code) {
        over = true;
        cancelTimers();
        if (link != null) {
            link.close(code);
        }
    }

    void pump() {
        while (welcomed && !over && !held && link != null && backlog.inFlight() < window && link.writable()) {
            Message message = backlog.peekWaiting();
            if (message == null) {
                return;
            }
            if (message.body().length > maxMessageBytes) {
                backlog.dropWaiting();
                observer.dropped(message, "longer than the " + maxMessageBytes + " bytes that the server takes");
                continue;
            }
            boolean again = message.wasSent();
            backlog.moveToFlight();
            message.sent(time.nanos());
            observer.sent(message, again);
            link.send(message);
        }
    }

    @Override
    public void opened() {
        if (over) {
            return;
        }
        lastHeard = time.nanos();
        firmware.greeting();
        watch = time.after(limits.greetingMs(), () -> lose("no welcome in time"));
    }

    @Override
    public void refused(int status, long retryAfterSeconds) {
        if (!over) {
            over = true;
            firmware.handshakeRefused(status, retryAfterSeconds);
        }
    }

    @Override
    public void failed(String why) {
        if (!over) {
            over = true;
            firmware.unreachable(why);
        }
    }

    @Override
    public void heard() {
        lastHeard = time.nanos();
    }

    @Override
    public void writable() {
        pump();
    }

    @Override
    public void text(String frame) {
        if (!over) {
            ServerFrames.read(frame, this);
        }
    }

    @Override
    public void binary(byte[] frame) {
        if (!over) {
            ServerFrames.read(frame, this);
        }
    }

    @Override
    public void closed(int code) {
        if (over) {
            return;
        }
        over = true;
        cancelTimers();
        firmware.disconnected(code, welcomed ? since(onlineSince) : 0, comeBackMs);
    }

    @Override
    public void welcome(ServerFrames.Welcome welcome) {
        if (welcomed) {
            observer.oddity("a second welcome");
            return;
        }
        welcomed = true;
        window = welcome.window();
        maxMessageBytes = welcome.maxMessageBytes();
        silenceMs = (long) (SILENT_HEARTBEATS * welcome.heartbeatMs());
        onlineSince = time.nanos();
        if (watch != null) {
            watch.cancel();
        }
        watch = time.after(silenceMs, this::checkSilence);
        firmware.welcomed(welcome);
    }

    @Override
    public void ack(long number) {
        if (number <= acknowledged) {
            observer.oddity("an ack that does not move on");
            return;
        }
        if (number - backlog.oldest() >= backlog.inFlight()) {
            observer.oddity("an ack of what was not sent");
            return;
        }
        acknowledged = number;
        long now = time.nanos();
        while (backlog.oldest() <= number) {
            long first = backlog.oldest();
            Message message = backlog.removeOldest();
            observer.acknowledged(first, message, now - message.sentAtNanos());
        }
        observer.room();
        pump();
    }

    @Override
    public void reject(long number, String code, String detail, int records) {
        Message message = backlog.inFlight(number);
        if (message == null) {
            observer.oddity("a reject of what is not in flight");
            return;
        }
        int count = records < 0 ? message.records() : records;
        message.rejected(count);
        observer.rejected(number, code, detail, count);
    }

    @Override
    public void slowdown(long millis) {
        long wait = Math.max(1, Math.min(limits.longestToldMs(), millis));
        observer.slowedDown(wait);
        held = true;
        if (resume != null) {
            resume.cancel();
        }
        resume = time.after(wait, () -> {
            held = false;
            pump();
        });
    }

    /** Goes on until the server closes: it takes and acknowledges data until then. */
    @Override
    public void goaway(long millis) {
        comeBackMs = Math.max(0, millis);
        observer.goingAway(comeBackMs);
    }

    @Override
    public void odd(String what) {
        observer.oddity(what);
    }

    private void checkSilence() {
        long silent = since(lastHeard);
        if (silent >= silenceMs) {
            lose("silent for " + silent + " ms");
        } else {
            watch = time.after(silenceMs - silent, this::checkSilence);
        }
    }

    private void lose(String why) {
        if (over) {
            return;
        }
        observer.oddity("given up: " + why);
        long online = welcomed ? since(onlineSince) : 0;
        abandon(CloseCode.GOING_AWAY);
        firmware.disconnected(CloseCode.GOING_AWAY, online, comeBackMs);
    }

    private void cancelTimers() {
        if (watch != null) {
            watch.cancel();
        }
        if (resume != null) {
            resume.cancel();
        }
    }

    private long since(long nanos) {
        return (time.nanos() - nanos) / NANOS_PER_MS;
    }
}
