package io.sluice.ingest;

/**
 * Numbers and credit of one connection: which of its messages are durable. A ring of the window's size counts, per message,
 * the log entries still out.
 */
final class Credit {
    /** One entry a message and one for each reject code at most, so they are small; idle connections hold this, too. */
    private final byte[] out;

    private final long first;
    private long next;
    private long durable;
    private long acknowledged;
    private int bytes;

    /** @param first number of the first message */
    Credit(int window, long first) {
        this.out = new byte[window];
        this.first = first;
        this.next = first;
        this.durable = first - 1;
        this.acknowledged = first - 1;
    }

    /** The number that the next message gets. */
    long next() {
        return next;
    }

    /** Up to and including which number every message is durable. */
    long durable() {
        return durable;
    }

    /** Octets of entries that are out. */
    int bytes() {
        return bytes;
    }

    boolean isWindowFull() {
        return next - 1 - durable >= out.length;
    }

    /** Whether everything received is durable. */
    boolean isSettled() {
        return durable == next - 1;
    }

    /** Whether there is something to acknowledge. */
    boolean isAckWanted() {
        return durable > acknowledged;
    }

    /** Whether an acknowledgement must not wait: it covers everything received, or half the window. */
    boolean isAckUrgent() {
        return isAckWanted() && (isSettled() || durable - acknowledged >= Math.max(1, out.length / 2));
    }

    boolean hasReceived() {
        return next > first;
    }

    /** Gives the next number to a message. */
    long number() {
        if (isWindowFull()) {
            throw new IllegalStateException("beyond the window");
        }
        out[slot(next)] = 0;
        return next++;
    }

    void sent(long seq, int weight) {
        out[slot(seq)]++;
        bytes += weight;
    }

    /** An entry is durable. */
    void returned(long seq, int weight) {
        out[slot(seq)]--;
        bytes -= weight;
    }

    /** Moves the durable mark as far as it goes. */
    void advance() {
        while (durable < next - 1 && out[slot(durable + 1)] == 0) {
            durable++;
        }
    }

    /** What to acknowledge now. */
    long acknowledge() {
        acknowledged = durable;
        return durable;
    }

    private int slot(long seq) {
        return (int) (seq % out.length);
    }
}
