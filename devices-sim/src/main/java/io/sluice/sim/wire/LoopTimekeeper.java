package io.sluice.sim.wire;

import io.sluice.sim.firmware.Timekeeper;
import io.vertx.core.Vertx;

/** Real time; tasks run on the event loop that the caller is on. */
public final class LoopTimekeeper implements Timekeeper {
    private final Vertx vertx;

    public LoopTimekeeper(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public Timer after(long millis, Runnable task) {
        long id = vertx.setTimer(Math.max(1, millis), fired -> task.run());
        return () -> vertx.cancelTimer(id);
    }
}
