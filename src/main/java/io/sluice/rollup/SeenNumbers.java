package io.sluice.rollup;

import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * Which message numbers of one epoch were seen: the highest, and which of the {@value #SPAN} below it. A number further
 * below counts as seen: a device resends what is unacknowledged, and its window is far smaller.
 *
 * <p>Its bytes, big-endian: 8 the highest number; then, going up from the lowest number of the span to the one below the
 * highest, the lengths of runs, seen and unseen by turns and a seen one first, each as an unsigned varint (7 bits a
 * byte, low ones first, the high bit says that more follow), until {@value #SPAN} are covered. A device that numbers
 * without gaps needs 2 to 4 bytes instead of the bitmap's 512.
 *
 * <p>Not thread-safe.
 */
final class SeenNumbers {
    /** Numbers remembered below the highest; a power of two, since the bits are a ring. */
    static final int SPAN = 4_096;

    private static final int MASK = SPAN - 1;

    private long highest;
    private final BitSet ring = new BitSet(SPAN);

    SeenNumbers(long first) {
        highest = first;
    }

    /** @return whether it had not been seen; it has from now on */
    boolean add(long number) {
        if (number > highest) {
            advance(number);
            return true;
        }
        if (number == highest || highest - number > SPAN) {
            return false;
        }
        int bit = bit(number);
        if (ring.get(bit)) {
            return false;
        }
        ring.set(bit);
        return true;
    }

    private void advance(long number) {
        long skipped = number - highest - 1;
        if (skipped >= SPAN) {
            ring.clear();
        } else {
            clear(bit(highest + 1), (int) skipped);
            ring.set(bit(highest));
        }
        highest = number;
    }

    private void clear(int from, int length) {
        int end = from + length;
        ring.clear(from, Math.min(end, SPAN));
        if (end > SPAN) {
            ring.clear(0, end - SPAN);
        }
    }

    private static int bit(long number) {
        return (int) (number & MASK);
    }

    /** At most, of {@link #write}. */
    static final int MAX_BYTES = 8 + SPAN + 2;

    void write(ByteBuffer to) {
        to.putLong(highest);
        int base = bit(highest);
        boolean seen = true;
        int covered = 0;
        while (covered < SPAN) {
            int run = run(base, covered, seen);
            putVarint(to, run);
            covered += run;
            seen = !seen;
        }
    }

    /** How many bits from that distance above the base are all set (or all clear). */
    private int run(int base, int from, boolean set) {
        int position = (base + from) & MASK;
        int end = end(position, set);
        int length = end - position;
        if (end == SPAN && length < SPAN - from) {
            length += end(0, set);
        }
        return Math.min(length, SPAN - from);
    }

    private int end(int position, boolean set) {
        int end = set ? ring.nextClearBit(position) : ring.nextSetBit(position);
        return end < 0 || end > SPAN ? SPAN : end;
    }

    static SeenNumbers read(ByteBuffer from) {
        SeenNumbers read = new SeenNumbers(from.getLong());
        int base = bit(read.highest);
        boolean seen = true;
        int covered = 0;
        while (covered < SPAN) {
            int run = varint(from);
            if (seen) {
                for (int i = 0; i < run; i++) {
                    read.ring.set((base + covered + i) & MASK);
                }
            }
            covered += run;
            seen = !seen;
        }
        return read;
    }

    private static void putVarint(ByteBuffer to, int value) {
        int rest = value;
        while (rest > 0x7f) {
            to.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        to.put((byte) rest);
    }

    private static int varint(ByteBuffer from) {
        int value = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            byte next = from.get();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a varint of more than four bytes");
    }
}
