package io.sluice.ledger;

/** The seed of a run's randomness: given by {@code -Dsluice.test.seed}, else by chance; printed either way. */
final class Seed {
    private Seed() {}

    static long choose() {
        long seed = Long.getLong("sluice.test.seed", System.nanoTime() & 0xffff_ffffL);
        System.out.println("sluice.test.seed=" + seed);
        return seed;
    }
}
