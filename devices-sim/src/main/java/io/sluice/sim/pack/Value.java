package io.sluice.sim.pack;

/** What a reading says. */
public sealed interface Value {

    /** @throws IllegalArgumentException for NaN and infinities, which SenML has no words for (RFC 8428 section 4.3) */
    record Quantity(double number) implements Value {
        public Quantity {
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException("not a finite number: " + number);
            }
        }
    }

    record Text(String text) implements Value {}

    record Flag(boolean on) implements Value {}

    static Value of(double number) {
        return new Quantity(number);
    }

    static Value of(String text) {
        return new Text(text);
    }

    static Value of(boolean on) {
        return new Flag(on);
    }
}
