package io.sluice.live;

import io.sluice.live.ClientFrame.Refused;
import io.sluice.live.ClientFrame.Subscribe;
import io.sluice.live.ClientFrame.Unsubscribe;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One operator's connection: its subscriptions, what is on its way to it, and whether it still answers.
 *
 * <p>Frames come in on the connection's event loop ({@link #received}); subscriptions live on the pulse's thread. Nothing
 * waits here for a slow client: a subscription has at most one frame on its way, all together at most {@code
 * max-pending-bytes}, and one that could not be served is served at a later beat with what is newest then.
 */
final class Session {
    private final String id;
    private final Sink sink;
    private final Desk desk;

    // Event loop.
    private final Set<Long> usedIds = new HashSet<>();
    private final Set<Long> activeIds = new HashSet<>();
    private int badFrames;

    // Pulse.
    private final Map<Long, Delivery> deliveries = new HashMap<>();
    private long lastHeartbeat;
    private long nextPing;
    private long silenceMs;
    private long writesDoneBefore;

    // Any thread.
    private final AtomicInteger pendingBytes = new AtomicInteger();
    private final AtomicInteger pendingAnswers = new AtomicInteger();
    private final AtomicInteger pendingWrites = new AtomicInteger();
    private final AtomicLong writesDone = new AtomicLong();
    private volatile boolean heard;
    private volatile boolean pinging;
    private volatile boolean closed;

    Session(String id, Sink sink, Desk desk) {
        this.id = id;
        this.sink = sink;
        this.desk = desk;
        lastHeartbeat = desk.clock().getAsLong();
        nextPing = lastHeartbeat + desk.config().pingInterval().toMillis();
    }

    String id() {
        return id;
    }

    void welcome(Collection<String> roles, long lagMs) {
        answer(Frames.welcome(id, desk.clock().getAsLong(), desk.config().windows(), roles, lagMs));
    }

    /** A text frame of the client, on its event loop. */
    void received(String text) {
        if (closed) {
            return;
        }
        ClientFrame frame = desk.parser().parse(text);
        if (frame instanceof Refused refused) {
            refuse(refused);
            return;
        }
        badFrames = 0;
        if (frame instanceof Subscribe subscribe) {
            subscribe(subscribe);
        } else if (frame instanceof Unsubscribe unsubscribe) {
            if (activeIds.remove(unsubscribe.id())) {
                desk.pulse().execute(() -> remove(unsubscribe.id()));
            }
        } else {
            answer(Frames.PONG);
        }
    }

    /** A frame that is no text, on the event loop. */
    void receivedBinary() {
        refuse(new Refused(null, ErrorCode.BAD_FRAME, "frames are text"));
    }

    private void refuse(Refused refused) {
        answer(Frames.error(refused.id(), refused.code(), refused.detail()));
        if (++badFrames > desk.config().maxBadFrames()) {
            close(CloseCode.POLICY);
        }
    }

    /** Begins a subscription, on the connection's event loop. */
    void subscribe(Subscribe request) {
        if (usedIds.contains(request.id())) {
            refuse(new Refused(request.id(), ErrorCode.DUPLICATE_ID, "an id is used once per connection"));
            return;
        }
        if (activeIds.size() >= desk.config().maxSubscriptions()) {
            refuse(new Refused(request.id(), ErrorCode.TOO_MANY, "too many subscriptions on this connection"));
            return;
        }
        if (usedIds.size() >= desk.config().maxIds()) {
            refuse(new Refused(request.id(), ErrorCode.TOO_MANY, "too many ids on this connection; open a new one"));
            return;
        }
        usedIds.add(request.id());
        activeIds.add(request.id());
        desk.pulse().execute(() -> add(request));
    }

    private void add(Subscribe request) {
        if (closed) {
            return;
        }
        long deadline = desk.clock().getAsLong() + desk.config().readyWait().toMillis();
        Delivery delivery = new Delivery(new Subscription(
                request,
                desk.board(request.channel()),
                desk.rereader(request.channel()),
                deadline,
                desk.config().rereadHold().toMillis(),
                desk.config().snapshotItems()));
        deliveries.put(request.id(), delivery);
        desk.pulse().add(delivery, Pulse.MAX_HZ);
        delivery.beat(desk.clock().getAsLong());
    }

    private void remove(long subscription) {
        Delivery delivery = deliveries.remove(subscription);
        if (delivery != null) {
            end(delivery);
        }
    }

    private void end(Delivery delivery) {
        delivery.subscription.end();
        desk.pulse().remove(delivery, Pulse.MAX_HZ);
    }

    private void answer(Frame frame) {
        if (closed) {
            return;
        }
        if (pendingAnswers.incrementAndGet() > desk.config().maxPendingAnswers()) {
            close(CloseCode.POLICY);
            return;
        }
        send(frame, pendingAnswers::decrementAndGet);
    }

    private void send(Frame frame, Runnable done) {
        int length = frame.length();
        pendingBytes.addAndGet(length);
        pendingWrites.incrementAndGet();
        sink.send(frame, () -> {
            pendingBytes.addAndGet(-length);
            pendingWrites.decrementAndGet();
            writesDone.incrementAndGet();
            done.run();
        });
    }

    /** The client answered a ping. */
    void heard() {
        heard = true;
    }

    /** Once a second, on the pulse's thread: pings, and gives up a client that reads and does not answer. */
    void heartbeat(long now) {
        if (closed) {
            return;
        }
        sink.tick();
        // A client that does not read cannot answer either; as long as its TCP peer is alive it is only slow.
        boolean stalled = pendingWrites.get() > 0 && writesDone.get() == writesDoneBefore;
        writesDoneBefore = writesDone.get();
        if (heard) {
            heard = false;
            silenceMs = 0;
        } else if (!stalled) {
            silenceMs += now - lastHeartbeat;
        }
        lastHeartbeat = now;
        if (sink.answersPings() && silenceMs >= desk.config().pongTimeout().toMillis()) {
            close(CloseCode.HEARTBEAT);
        } else if (now >= nextPing && !pinging) {
            pinging = true;
            nextPing = now + desk.config().pingInterval().toMillis();
            sink.ping(() -> pinging = false);
        }
    }

    /** The instance stops. */
    void goaway(long reconnectAfterMs) {
        if (!closed) {
            send(Frames.goaway("restart", reconnectAfterMs), () -> {});
            close(CloseCode.RESTART);
        }
    }

    void close(CloseCode code) {
        if (!closed) {
            LiveLog.LOG.closed(id, code.code());
            sink.close(code);
            ended();
        }
    }

    /** The connection is gone, or is about to be; nothing is sent any more. */
    void ended() {
        closed = true;
        desk.pulse().execute(() -> {
            deliveries.values().forEach(this::end);
            deliveries.clear();
        });
    }

    boolean isClosed() {
        return closed;
    }

    /** A subscription and its one frame on the way. */
    private final class Delivery implements Pulse.Listener {
        private final Subscription subscription;
        private final Pace pace;
        private volatile boolean writing;
        private long writingSince;

        Delivery(Subscription subscription) {
            this.subscription = subscription;
            pace = new Pace(subscription.maxHz());
        }

        @Override
        public void beat(long now) {
            if (!closed && pace.isDue(now)) {
                serve(now);
            }
        }

        private void serve(long now) {
            subscription.tire(now);
            if (subscription.hasLost() || hasStalled(now)) {
                close(CloseCode.TOO_SLOW);
            } else if (sendNext(now)) {
                pace.sent(now);
            } else {
                pace.nothing(now);
            }
        }

        private boolean hasStalled(long now) {
            return writing
                    && now - writingSince >= desk.config().stalled().toMillis()
                    && subscription.hasPending(desk.config().queue());
        }

        private boolean sendNext(long now) {
            if (writing || pendingBytes.get() >= desk.config().maxPendingBytes()) {
                return false;
            }
            Frame frame = subscription.next(now, desk.pages());
            if (frame == null) {
                return false;
            }
            writing = true;
            writingSince = now;
            send(frame, () -> written(frame));
            return true;
        }

        private void written(Frame frame) {
            writing = false;
            if (frame.arrived() != Item.NO_NEWS) {
                desk.meter().delivered(desk.clock().getAsLong() - frame.arrived());
            }
            desk.pulse().execute(() -> {
                if (subscription.hasMore() && !writing && !closed) {
                    serve(desk.clock().getAsLong());
                }
            });
        }
    }
}
