package io.sluice.senml;

/** Seeds of random tests: a fresh one each time, printed, or the one given with {@code -Dsluice.test.seed}. */
final class Seeds {
    private Seeds() {}

    static long next() {
        long seed = Long.getLong("sluice.test.seed", System.nanoTime());
        System.out.println("sluice.test.seed=" + seed);
        return seed;
    }

    /** How many inputs a long random test tries: half a million, or as many as {@code -Dsluice.test.iterations} says. */
    static int iterations() {
        return Integer.getInteger("sluice.test.iterations", 500_000);
    }
}
