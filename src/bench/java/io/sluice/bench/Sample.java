package io.sluice.bench;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * One server under one load, once.
 *
 * @param readings acknowledged
 * @param wall from the first message to the last acknowledgement
 * @param delays in µs, per message
 * @param resident octets of the server's process in memory at the end
 */
record Sample(
        int round,
        String server,
        Load load,
        long readings,
        Duration cpu,
        Duration wall,
        Duration generatorCpu,
        Duration brokerCpu,
        Histogram delays,
        long resident) {

    double cpuPerReading() {
        return micros(cpu) / readings;
    }

    double generatorCpuPerReading() {
        return micros(generatorCpu) / readings;
    }

    double brokerCpuPerReading() {
        return micros(brokerCpu) / readings;
    }

    double readingsPerSecond() {
        return readings * 1e6 / micros(wall);
    }

    double delayMillis(double percentile) {
        return delays.getValueAtPercentile(percentile) / 1e3;
    }

    private static double micros(Duration duration) {
        return duration.toNanos() / 1e3;
    }
}
