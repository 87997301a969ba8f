package io.sluice.sim.signal;

import io.sluice.sim.pack.Value;
import java.util.Random;

/** The signal models. Numbers are rounded to so many decimals as a sensor of that kind would give. */
final class Signals {
    private Signals() {}

    /** Swings about a mean: daily temperatures, duty cycles. */
    static Signal sine(double mean, double amplitude, double periodSeconds, double noise, int decimals) {
        double[] phase = {Double.NaN};
        return (seconds, random) -> {
            if (Double.isNaN(phase[0])) {
                phase[0] = random.nextDouble();
            }
            double turn = seconds / periodSeconds + phase[0];
            return number(mean + amplitude * Math.sin(2 * Math.PI * turn) + noise * random.nextGaussian(), decimals);
        };
    }

    /** Drifts at random, reflected at its bounds; steps grow with the square root of the time between two questions. */
    static Signal walk(double start, double stepPerSecond, double least, double greatest, int decimals) {
        double[] state = {start, 0};
        return (seconds, random) -> {
            double elapsed = Math.max(0, seconds - state[1]);
            state[1] = seconds;
            double next = state[0] + stepPerSecond * Math.sqrt(elapsed) * random.nextGaussian();
            if (next > greatest) {
                next = 2 * greatest - next;
            }
            if (next < least) {
                next = 2 * least - next;
            }
            state[0] = Math.max(least, Math.min(greatest, next));
            return number(state[0], decimals);
        };
    }

    /** Stays on one of a few levels and jumps to another: set points, gears. Its noise never goes below nothing. */
    static Signal steps(double holdSeconds, double noise, int decimals, double... levels) {
        Chooser level = new Chooser(levels.length, holdSeconds);
        return (seconds, random) ->
                number(Math.max(0, levels[level.at(seconds, random)] + noise * random.nextGaussian()), decimals);
    }

    /** Noise about a mean, never below nothing: vibration, current ripple. */
    static Signal noise(double mean, double deviation, int decimals) {
        return (seconds, random) -> number(Math.max(0, mean + deviation * random.nextGaussian()), decimals);
    }

    /** Falls evenly from full to empty, then is charged at once: a battery. */
    static Signal battery(double hoursToEmpty) {
        double[] start = {Double.NaN};
        return (seconds, random) -> {
            if (Double.isNaN(start[0])) {
                start[0] = random.nextDouble();
            }
            double used = seconds / (3_600 * hoursToEmpty) + start[0];
            return number(100 - 100 * (used - Math.floor(used)), 1);
        };
    }

    /** On and off. */
    static Signal onOff(double holdSeconds) {
        Chooser state = new Chooser(2, holdSeconds);
        return (seconds, random) -> Value.of(state.at(seconds, random) == 1);
    }

    /** One of a few words. */
    static Signal state(double holdSeconds, String... words) {
        Chooser state = new Chooser(words.length, holdSeconds);
        return (seconds, random) -> Value.of(words[state.at(seconds, random)]);
    }

    private static Value number(double value, int decimals) {
        double scale = Math.pow(10, decimals);
        return Value.of(Math.round(value * scale) / scale);
    }

    /** One of n choices, changed after holding times that are exponentially distributed about their mean. */
    private static final class Chooser {
        private final int choices;
        private final double holdSeconds;
        private int choice = -1;
        private double until;

        Chooser(int choices, double holdSeconds) {
            this.choices = choices;
            this.holdSeconds = holdSeconds;
        }

        int at(double seconds, Random random) {
            if (choice < 0 || seconds >= until) {
                choice = choice < 0 ? random.nextInt(choices) : (choice + 1 + random.nextInt(choices - 1)) % choices;
                until = seconds - holdSeconds * Math.log(1 - random.nextDouble());
            }
            return choice;
        }
    }
}
