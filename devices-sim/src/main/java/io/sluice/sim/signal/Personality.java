package io.sluice.sim.signal;

/** How a device behaves, whatever its kind; dealt out by place in the fleet. */
public enum Personality {
    STEADY(0.5),
    ORDINARY(1),
    NOISY(4),
    /** Sends rubbish now and then where faults are asked for; otherwise like an ordinary one. */
    TROUBLED(1);

    private final double unrest;

    Personality(double unrest) {
        this.unrest = unrest;
    }

    public double unrest() {
        return unrest;
    }

    /** Not in step with the kinds, which go round by four too: every kind has all of them. */
    public static Personality of(int place) {
        return values()[(place + place / values().length) % values().length];
    }
}
