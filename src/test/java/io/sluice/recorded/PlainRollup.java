package io.sluice.recorded;

import java.util.List;

/**
 * Count, minimum, maximum, mean, deviation and last of numbers, as one writes them down from their definitions: two
 * passes over all of them.
 */
record PlainRollup(long count, double min, double max, double mean, double stddev, double last) {
    /** @param numbers in the order of (event time, arrival, number) */
    static PlainRollup of(List<Double> numbers) {
        double min = numbers.get(0);
        double max = numbers.get(0);
        double sum = 0;
        for (double number : numbers) {
            min = Math.min(min, number);
            max = Math.max(max, number);
            sum += number;
        }
        double mean = sum / numbers.size();
        double squares = 0;
        for (double number : numbers) {
            squares += (number - mean) * (number - mean);
        }
        return new PlainRollup(
                numbers.size(), min, max, mean, Math.sqrt(squares / numbers.size()), numbers.get(numbers.size() - 1));
    }
}
