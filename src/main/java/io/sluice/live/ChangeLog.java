package io.sluice.live;

import java.util.Arrays;

/**
 * Items in the order of their changes: a slot per change, the item's newest one being its valid one. A reader holds a
 * version, not a queue, so readers that are slow cost nothing here, and any number of them share the log.
 *
 * <p>Superseded slots are dropped when they outnumber the valid ones (and twice the slack), which keeps the log in
 * proportion to its items and every change at constant cost. Readers count superseded slots as conflated; those within
 * the slack are always there to be counted, of older ones a slow reader may miss some.
 *
 * <p>Not thread-safe: guarded by its {@link Board}.
 */
final class ChangeLog {
    private final int slack;
    private long[] versions = new long[16];
    private Item[] items = new Item[16];
    private int size;
    private int superseded;

    /** @param slack how many of the last slots are kept whether superseded or not */
    ChangeLog(int slack) {
        this.slack = slack;
    }

    /** Appends a change; {@code version} is greater than any before and set on the item by the caller. */
    void append(Item item, long version) {
        if (superseded > 2 * slack + (size - superseded)) {
            compact();
        }
        if (size == versions.length) {
            versions = Arrays.copyOf(versions, size * 2);
            items = Arrays.copyOf(items, size * 2);
        }
        versions[size] = version;
        items[size] = item;
        size++;
    }

    /** Tells that one valid slot, whose item was changed or removed, is valid no longer. */
    void supersede() {
        superseded++;
    }

    private void compact() {
        int kept = 0;
        int recent = size - slack;
        superseded = 0;
        for (int i = 0; i < size; i++) {
            boolean valid = isValid(i);
            if (valid || i >= recent) {
                superseded += valid ? 0 : 1;
                versions[kept] = versions[i];
                items[kept] = items[i];
                kept++;
            }
        }
        Arrays.fill(items, kept, size, null);
        size = kept;
    }

    int size() {
        return size;
    }

    long version(int slot) {
        return versions[slot];
    }

    Item item(int slot) {
        return items[slot];
    }

    /** Whether the slot is its item's newest change. */
    boolean isValid(int slot) {
        return items[slot].version == versions[slot];
    }

    /** The first slot after that version; {@link #size()} where there is none. */
    int after(long version) {
        if (size == 0 || versions[size - 1] <= version) {
            return size;
        }
        int found = Arrays.binarySearch(versions, 0, size, version);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
