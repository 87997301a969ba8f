package io.sluice.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** From a reading's arrival at the service to the frame with it in a browser's socket. Thread-safe. */
@FunctionalInterface
interface DeliveryMeter {
    DeliveryMeter NONE = ms -> {};

    /** @param ms negative ones, from clocks that differ, count as 0 */
    void delivered(long ms);

    static DeliveryMeter in(MeterRegistry meters) {
        Timer timer = Timer.builder("sluice.live.delivery")
                .description("Arrival of a reading to the frame with it in a client's socket")
                .serviceLevelObjectives(LongStream.of(50, 100, 200, 300, 500, 1_000, 2_000, 5_000, 10_000, 60_000)
                        .mapToObj(Duration::ofMillis)
                        .toArray(Duration[]::new))
                .register(meters);
        return ms -> timer.record(Math.max(0, ms), TimeUnit.MILLISECONDS);
    }
}
