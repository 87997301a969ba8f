package io.sluice.live;

import io.sluice.live.ClientFrame.Subscribe;
import org.jspecify.annotations.Nullable;

/**
 * One subscription's way through a board: a version that it has been served up to, and nothing that grows.
 *
 * <p>States: WAITING until the instance has read what a snapshot needs, or the wait is over → where memory does not reach
 * back to {@code since}, READING until it was read again from Kafka or that was given up → SNAPSHOT, page by page, of the
 * board up to the version at its begin or of what was read again → LIVE on the board for good. What was read again is kept
 * for a time only ({@link #tire}): a client that does not take it meanwhile gets the whole snapshot instead, from READING and
 * from SNAPSHOT.
 *
 * <p>Pure; used by the pulse's thread alone.
 */
final class Subscription {
    private enum State {
        WAITING,
        READING,
        SNAPSHOT,
        LIVE
    }

    private final Subscribe request;
    private final Board board;
    private final Rereader rereader;
    private final @Nullable Position since;
    private final long deadline;
    private final long rereadHold;
    private final int snapshotItems;
    private final Query updates;
    private Query query;
    private State state = State.WAITING;
    private @Nullable Reread reread;

    /** ms since 1970, from which on nothing that was read again is kept. */
    private long rereadUntil;

    /** What the snapshot is taken from: the board, or what was read again. */
    private Board source;

    /** Of the source. */
    private long cursor;

    /** Of the board, from which on updates follow what was read again. */
    private long liveFrom;

    /** Of the board, up to which updates may repeat what was read again. */
    private long repeatedUpTo;

    private long snapshotEnd;
    private boolean recovered;
    private boolean more;
    private long forgottenBefore;
    private String position = "";

    /**
     * @param deadline ms since 1970, until when a snapshot waits to be whole
     * @param rereadHold ms from the begin of a reading again, after which what it found is given up
     * @param snapshotItems how many items a snapshot in mode {@code latest} aims at
     */
    Subscription(Subscribe request, Board board, Rereader rereader, long deadline, long rereadHold, int snapshotItems) {
        this.request = request;
        this.board = board;
        this.rereader = rereader;
        source = board;
        this.deadline = deadline;
        this.rereadHold = rereadHold;
        this.snapshotItems = snapshotItems;
        String text = request.since();
        since = text == null ? null : Position.parse(request.channel(), text);
        updates = new Query(request.filter(), request.mode() == Mode.ALL, 0, null);
        query = updates;
    }

    /** The next frame; null where there is nothing to say now. */
    @Nullable
    Frame next(long now, Pages pages) {
        if (state == State.WAITING) {
            if (!board.isReadyFor(since) && now < deadline) {
                return null;
            }
            begin(now);
        }
        if (state == State.READING && !takeWhatWasRead()) {
            return null;
        }
        Page page = pages.page(source, query, cursor);
        cursor = page.version();
        more = !page.isEnd();
        if (page.isEnd()) {
            position = page.position();
        }
        if (state == State.SNAPSHOT) {
            boolean last = page.isEnd() || cursor >= snapshotEnd;
            if (last) {
                goLive();
            }
            return Frames.snapshot(request.id(), position, recovered, !last, page);
        }
        if (query != updates && cursor >= repeatedUpTo) {
            query = updates;
        }
        return page.count() == 0 ? null : Frames.update(request.id(), position, page);
    }

    private void begin(long now) {
        forgottenBefore = board.forgottenVersion();
        if (since == null) {
            beginWhole();
        } else if (board.covers(since, request.filter().window())) {
            beginMissed(since, board, since);
        } else {
            // The version first: whatever the board has by now is on Kafka before the end that is read up to.
            liveFrom = board.version();
            rereadUntil = now + rereadHold;
            reread = rereader.begin(since, request.filter());
            state = State.READING;
        }
    }

    /** Whether the snapshot can begin, with what was read again or without. */
    private boolean takeWhatWasRead() {
        Reread waited = reread;
        if (waited == null || since == null || !waited.isOver()) {
            return false;
        }
        Board missed = waited.missed();
        if (missed == null) {
            reread = null;
            beginWhole();
        } else {
            beginMissed(since, missed, null);
        }
        return true;
    }

    /**
     * Gives back what was read again where the client has not taken it in time, so that one that reads nothing does not hold
     * others' recoveries up; the whole snapshot follows when it reads on. To be called whether or not a frame is due.
     */
    void tire(long now) {
        if (reread != null && now >= rereadUntil) {
            letGo();
            source = board;
            cursor = 0;
            recovered = false;
            forgottenBefore = board.forgottenVersion();
            beginWhole();
        }
    }

    private void beginWhole() {
        state = State.SNAPSHOT;
        snapshotEnd = board.version();
        position = board.origin().text();
        int depth = finalsOnly() ? 0 : board.depth(request.filter(), snapshotItems);
        query = new Query(request.filter(), finalsOnly(), depth, null);
    }

    private void beginMissed(Position known, Board missed, @Nullable Position from) {
        state = State.SNAPSHOT;
        recovered = true;
        source = missed;
        snapshotEnd = missed.version();
        position = known.text();
        query = new Query(request.filter(), finalsOnly(), 0, from);
    }

    private void goLive() {
        state = State.LIVE;
        query = updates;
        if (source != board) {
            // What came while it was read was in it, and is on the board, too.
            query = new Query(request.filter(), finalsOnly(), 0, source.position());
            repeatedUpTo = board.version();
            source = board;
            cursor = liveFrom;
        }
        letGo();
    }

    private void letGo() {
        if (reread != null) {
            reread.letGo();
            reread = null;
        }
    }

    private boolean finalsOnly() {
        return request.mode() == Mode.ALL;
    }

    /** Nobody wants it any more. */
    void end() {
        letGo();
    }

    /** Whether the last frame left something out for want of room, so that the next one is due at once. */
    boolean hasMore() {
        return more;
    }

    /** Whether mode {@code all} can no longer keep its promise: a window was forgotten before it was sent. */
    boolean hasLost() {
        if (request.mode() == Mode.LATEST || state == State.WAITING) {
            return false;
        }
        long forgotten = board.forgottenVersion();
        boolean live = source == board && state != State.READING;
        return forgotten != forgottenBefore && forgotten > (live ? cursor : liveFrom);
    }

    /** Whether more than that many windows wait, in mode {@code all}. */
    boolean hasPending(int limit) {
        return request.mode() == Mode.ALL && state == State.LIVE && board.pending(updates, cursor, limit + 1) > limit;
    }

    long id() {
        return request.id();
    }

    int maxHz() {
        return request.maxHz();
    }
}
