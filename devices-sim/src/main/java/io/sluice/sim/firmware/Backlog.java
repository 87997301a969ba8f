package io.sluice.sim.firmware;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The messages that are not acknowledged yet, oldest first: those sent on the present connection, then those waiting.
 * A message's number is its place: {@link #oldest()} for the first, one more for each further one. So a message that is
 * dropped leaves no gap, and its number goes to the next (device protocol section 5). Bounded: when full, the device
 * produces nothing until something is acknowledged; nothing is ever dropped for room.
 */
final class Backlog {
    private final int capacity;
    private final Deque<Message> inFlight = new ArrayDeque<>();
    private final Deque<Message> waiting = new ArrayDeque<>();
    private long oldest = 1;

    Backlog(int capacity) {
        this.capacity = capacity;
    }

    /** Number of the oldest unacknowledged message, or of the next one to be made where there is none. */
    long oldest() {
        return oldest;
    }

    int size() {
        return inFlight.size() + waiting.size();
    }

    int inFlight() {
        return inFlight.size();
    }

    boolean hasRoom() {
        return size() < capacity;
    }

    /** @throws IllegalStateException when full */
    void add(Message message) {
        if (!hasRoom()) {
            throw new IllegalStateException("backlog of " + capacity + " messages is full");
        }
        waiting.add(message);
    }

    @Nullable
    Message peekWaiting() {
        return waiting.peek();
    }

    /** Moves the first waiting message to those in flight. */
    void moveToFlight() {
        inFlight.add(waiting.remove());
    }

    void dropWaiting() {
        waiting.remove();
    }

    /** A connection ended: what was in flight waits again, in order. */
    void rewind() {
        while (!inFlight.isEmpty()) {
            waiting.addFirst(inFlight.removeLast());
        }
    }

    /** The message of that number, where it is in flight. */
    @Nullable
    Message inFlight(long number) {
        if (number < oldest || number - oldest >= inFlight.size()) {
            return null;
        }
        Iterator<Message> messages = inFlight.iterator();
        for (long skip = number - oldest; skip > 0; skip--) {
            messages.next();
        }
        return messages.next();
    }

    /** Removes the oldest message in flight, which was acknowledged. */
    Message removeOldest() {
        oldest++;
        return inFlight.remove();
    }

    /** Null where nothing is in flight. */
    @Nullable
    Message dropOldestInFlight() {
        return inFlight.poll();
    }

    /** The first of the greatest ones; null where nothing is in flight. */
    @Nullable
    Message dropGreatestInFlight() {
        Message greatest = null;
        for (Message message : inFlight) {
            if (greatest == null || message.body().length > greatest.body().length) {
                greatest = message;
            }
        }
        if (greatest != null) {
            inFlight.removeFirstOccurrence(greatest);
        }
        return greatest;
    }
}
