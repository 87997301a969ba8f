package io.sluice.live;

import io.sluice.live.ClientFrame.Subscribe;
import org.jspecify.annotations.Nullable;

/**
 * One subscription's way through a board: a version that it has been served up to, and nothing that grows.
 *
 * <p>States: WAITING until the instance has read what a snapshot needs, or the wait is over → SNAPSHOT, page by page up to
 * the version at its begin → LIVE for good.
 *
 * <p>Pure; used by the pulse's thread alone.
 */
final class Subscription {
    private enum State {
        WAITING,
        SNAPSHOT,
        LIVE
    }

    private final Subscribe request;
    private final Board board;
    private final @Nullable Position since;
    private final long deadline;
    private final int snapshotItems;
    private final Query updates;
    private Query query;
    private State state = State.WAITING;
    private long cursor;
    private long snapshotEnd;
    private boolean recovered;
    private boolean more;
    private long forgottenBefore;
    private String position = "";

    /**
     * @param deadline ms since 1970, until when a snapshot waits to be whole
     * @param snapshotItems how many items a snapshot in mode {@code latest} aims at
     */
    Subscription(Subscribe request, Board board, long deadline, int snapshotItems) {
        this.request = request;
        this.board = board;
        this.deadline = deadline;
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
            begin();
        }
        Page page = pages.page(board, query, cursor);
        cursor = page.version();
        more = !page.isEnd();
        if (page.isEnd()) {
            position = page.position();
        }
        if (state == State.SNAPSHOT) {
            boolean last = page.isEnd() || cursor >= snapshotEnd;
            if (last) {
                state = State.LIVE;
                query = updates;
            }
            return Frames.snapshot(request.id(), position, recovered, !last, page);
        }
        return page.count() == 0 ? null : Frames.update(request.id(), position, page);
    }

    private void begin() {
        state = State.SNAPSHOT;
        forgottenBefore = board.forgottenVersion();
        snapshotEnd = board.version();
        recovered = since != null && board.covers(since, request.filter().window());
        boolean finalsOnly = request.mode() == Mode.ALL;
        if (since != null && recovered) {
            position = since.text();
            query = new Query(request.filter(), finalsOnly, 0, since);
        } else {
            position = board.origin().text();
            query = new Query(
                    request.filter(), finalsOnly, finalsOnly ? 0 : board.depth(request.filter(), snapshotItems), null);
        }
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
        return forgotten != forgottenBefore && forgotten > cursor;
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
