package io.sluice.live;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One reading of what an instance no longer has in memory. Made ready by its reader's thread, asked for by the pulse's.
 *
 * <p>Transitions: reading; over, with what was missed, or without it where a bound was reached or something was no
 * longer there; let go, when what was found has been sent, or nobody wants it. Until then it takes one of the few places,
 * because what was found stays in memory.
 */
final class Reread {
    private final Runnable place;
    private final AtomicBoolean holdsPlace = new AtomicBoolean(true);
    private volatile boolean over;
    private volatile boolean letGo;
    private @Nullable Board missed;

    /** @param place gives it back */
    Reread(Runnable place) {
        this.place = place;
    }

    /** One for which there was no room. */
    static Reread givenUp() {
        Reread none = new Reread(() -> {});
        none.end(null);
        return none;
    }

    /** @param found what was missed, and up to where; null to give up */
    void end(@Nullable Board found) {
        missed = found;
        over = true;
        if (found == null || letGo) {
            giveBack();
        }
    }

    boolean isOver() {
        return over;
    }

    /** Once it is over: all that came after the position, of each key the newest; null where that is not known. */
    @Nullable
    Board missed() {
        return over ? missed : null;
    }

    /** It was sent, or nobody waits for it any more. */
    void letGo() {
        letGo = true;
        if (over) {
            giveBack();
        }
    }

    boolean isLetGo() {
        return letGo;
    }

    private void giveBack() {
        if (holdsPlace.compareAndSet(true, false)) {
            place.run();
        }
    }
}
