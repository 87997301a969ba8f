package io.sluice.live;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One poll for the newest rollups, perhaps a long one: it looks again at every beat in which something of its filter
 * changed, and answers at the first answer that differs. Used by the pulse's thread alone.
 */
final class LatestPoll implements Pulse.Listener {
    static final int HZ = 10;

    private final Board board;
    private final Query query;
    private final @Nullable String after;
    private final int limit;
    private final @Nullable String knownEtag;
    private final long deadline;
    private final BooleanSupplier stopping;
    private final Consumer<LatestAnswer> answer;
    private final Consumer<LatestPoll> done;
    private long version = -1;
    private @Nullable LatestAnswer last;
    private boolean over;

    /**
     * @param knownEtag what the client has; null for nothing
     * @param deadline ms since 1970, at which it is answered in any case
     * @param stopping whether the instance stops, which waits for nobody
     * @param answer called once, with an equal ETag where nothing changed
     * @param done called once after the answer
     */
    LatestPoll(
            Board board,
            Filter filter,
            @Nullable String after,
            int limit,
            @Nullable String knownEtag,
            long deadline,
            BooleanSupplier stopping,
            Consumer<LatestAnswer> answer,
            Consumer<LatestPoll> done) {
        this.board = board;
        this.query = new Query(filter, false, 0, null);
        this.after = after;
        this.limit = limit;
        this.knownEtag = knownEtag;
        this.deadline = deadline;
        this.stopping = stopping;
        this.answer = answer;
        this.done = done;
    }

    @Override
    public void beat(long now) {
        if (over) {
            return;
        }
        LatestAnswer found = last;
        if (found == null || board.pending(query, version, 1) > 0) {
            version = board.version();
            found = LatestAnswer.of(board.newest(query.filter()), after, limit);
            last = found;
        }
        if (!found.etag().equals(knownEtag) || now >= deadline || stopping.getAsBoolean()) {
            over = true;
            answer.accept(found);
            done.accept(this);
        }
    }

    /** The client has gone. */
    void abandon() {
        if (!over) {
            over = true;
            done.accept(this);
        }
    }
}
