package io.sluice.telemetry;

/**
 * The metrics of one device, at most so many; further ones are refused (code {@code too-many-metrics}).
 *
 * <p>Kept as hashes of 64 bits: of every device that was ever connected there is one of these, and 500 names of 255 octets
 * would take 200 KB of each. Two names that share a hash count as one metric.
 *
 * <p>Thread-safe, because a device may post over HTTP beside its connection.
 */
public final class BoundedMetrics implements Rules.KnownMetrics {
    /** Device protocol section 3. */
    public static final int DEFAULT_MAX = 500;

    /** Most devices have a handful of metrics. */
    private static final int FIRST_SLOTS = 16;

    private static final long EMPTY = 0;

    private final int max;
    // Open addressing, at most half full; replaced when it grows, so a reader sees one table or the other.
    private volatile long[] slots = new long[FIRST_SLOTS];
    private int size;

    public BoundedMetrics(int max) {
        this.max = max;
    }

    @Override
    public boolean admit(String metric) {
        long hash = hash(metric);
        long[] table = slots;
        // A reader beside a writer may miss what was added just now; then the lock decides.
        return table[slot(table, hash)] == hash || admitNew(hash);
    }

    public synchronized int size() {
        return size;
    }

    private synchronized boolean admitNew(long hash) {
        int at = slot(slots, hash);
        if (slots[at] == hash) {
            return true;
        }
        if (size >= max) {
            return false;
        }
        slots[at] = hash;
        size++;
        if (size * 2 > slots.length) {
            grow();
        }
        return true;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long hash : slots) {
            if (hash != EMPTY) {
                larger[slot(larger, hash)] = hash;
            }
        }
        slots = larger;
    }

    /** Where it stands, or the free slot where it would. */
    private static int slot(long[] table, long hash) {
        int mask = table.length - 1;
        int at = (int) (hash >>> 32) & mask;
        while (table[at] != hash && table[at] != EMPTY) {
            at = (at + 1) & mask;
        }
        return at;
    }

    /** FNV-1a over the characters, then mixed; never {@link #EMPTY}. */
    private static long hash(String metric) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < metric.length(); i++) {
            hash = (hash ^ metric.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L;
        return hash == EMPTY ? 1 : hash;
    }
}
