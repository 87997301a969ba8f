package io.sluice.senml;

import io.sluice.telemetry.Readings;
import java.util.Arrays;

/** Indexes of records in the order of their times; stable, without garbage, and quick where they are in order already. */
final class TimeOrder {
    private int[] indexes = new int[64];
    private int[] merged = new int[64];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    int get(int place) {
        return indexes[place];
    }

    void add(int index) {
        if (size == indexes.length) {
            indexes = Arrays.copyOf(indexes, 2 * size);
            merged = new int[2 * size];
        }
        indexes[size++] = index;
    }

    void sort(Readings readings) {
        if (isInOrder(readings)) {
            return;
        }
        for (int width = 1; width < size; width *= 2) {
            for (int from = 0; from < size; from += 2 * width) {
                merge(readings, from, Math.min(from + width, size), Math.min(from + 2 * width, size));
            }
            int[] swap = indexes;
            indexes = merged;
            merged = swap;
        }
    }

    private boolean isInOrder(Readings readings) {
        for (int i = 1; i < size; i++) {
            if (readings.time(indexes[i - 1]) > readings.time(indexes[i])) {
                return false;
            }
        }
        return true;
    }

    private void merge(Readings readings, int from, int middle, int to) {
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeLeft =
                    left < middle && (right == to || readings.time(indexes[left]) <= readings.time(indexes[right]));
            merged[i] = takeLeft ? indexes[left++] : indexes[right++];
        }
    }
}
