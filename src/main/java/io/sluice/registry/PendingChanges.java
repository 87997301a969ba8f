package io.sluice.registry;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What the directory must read again: any thread adds, the refresh takes all at once. Bounded: beyond {@code max} names
 * it forgets them and asks for everything.
 */
final class PendingChanges {
    /**
     * @param everything whether single names no longer matter
     * @param settled completed once the directory has read what the batch names
     */
    record Batch(boolean everything, boolean profiles, Set<String> devices, List<CompletableFuture<Void>> settled) {
        boolean isEmpty() {
            return !everything && !profiles && devices.isEmpty() && settled.isEmpty();
        }

        void settle() {
            settled.forEach(waiting -> waiting.complete(null));
        }
    }

    private final int max;
    private Set<String> devices = new LinkedHashSet<>();
    private List<CompletableFuture<Void>> settled = new ArrayList<>();
    private boolean profiles;
    private boolean everything;
    private boolean wake;

    PendingChanges(int max) {
        this.max = max;
    }

    synchronized void device(String id) {
        if (!everything) {
            devices.add(id);
            if (devices.size() > max) {
                everything();
            }
        }
        wake();
    }

    synchronized void profiles() {
        profiles = true;
        wake();
    }

    synchronized void everything() {
        everything = true;
        devices = new LinkedHashSet<>();
        wake();
    }

    /** Completes when the directory has read a device (or, without one, the profiles) as it is after this call. */
    synchronized CompletableFuture<Void> settled() {
        CompletableFuture<Void> future = new CompletableFuture<>();
        settled.add(future);
        wake();
        return future;
    }

    /** Ends the next wait at once. */
    synchronized void wake() {
        wake = true;
        notifyAll();
    }

    /** Waits for something to do, at most {@code millis}; then takes all there is, possibly nothing. */
    synchronized Batch take(long millis) throws InterruptedException {
        if (!wake) {
            wait(Math.max(1, millis));
        }
        Batch batch = new Batch(everything, profiles, devices, settled);
        devices = new LinkedHashSet<>();
        settled = new ArrayList<>();
        profiles = false;
        everything = false;
        wake = false;
        return batch;
    }

    /** Puts back what could not be read. Those who wait are let go: what they wrote is stored. */
    synchronized void giveUp(Batch batch) {
        batch.settle();
        everything = true;
    }
}
