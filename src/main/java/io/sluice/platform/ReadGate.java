package io.sluice.platform;

import io.netty.channel.Channel;
import java.util.EnumSet;
import java.util.Set;

/**
 * The one owner of reading from a socket. Several parties want to stop the same socket (credit, bytes, rate, a peer that
 * does not read); two of them that set {@code autoRead} on their own would undo each other, so each names its reason here.
 *
 * <p>Used on the channel's event loop only.
 */
public final class ReadGate {
    /** Why messages are not taken from a peer. */
    public enum Reason {
        /** Its connection is not set up yet. */
        OPENING,
        /** It has as many unanswered messages as it may. */
        WINDOW,
        /** Too many octets of it, or of all, are in flight. */
        BYTES,
        /** It is over its rate. */
        RATE,
        /** Its connection is about to be closed. */
        CLOSING
    }

    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    private final Channel channel;
    private boolean reading = true;

    ReadGate(Channel channel) {
        this.channel = channel;
    }

    boolean add(Reason reason) {
        return reasons.add(reason);
    }

    boolean remove(Reason reason) {
        return reasons.remove(reason);
    }

    /** Whether a message may be taken. */
    boolean isOpen() {
        return reasons.isEmpty();
    }

    boolean has(Reason reason) {
        return reasons.contains(reason);
    }

    boolean isReading() {
        return reading;
    }

    /** Starts or stops the socket; only a change reaches the channel. */
    void read(boolean wanted) {
        if (reading != wanted) {
            reading = wanted;
            channel.config().setAutoRead(wanted);
        }
    }
}
