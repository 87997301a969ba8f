package io.sluice.live;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Meters of the live room. */
@ApplicationScoped
class LiveMetrics {
    void register(@Observes StartupEvent event, MeterRegistry meters, LiveStream live) {
        if (!live.isEnabled()) {
            return;
        }
        Gauge.builder("sluice.live.sessions", live, LiveStream::sessions)
                .description("Open live connections, sockets and event streams")
                .register(meters);
        Gauge.builder("sluice.live.lag", live, LiveStream::lagMs)
                .description("Arrival of a reading to its rollup's arrival here, p95 of the last 10 s")
                .baseUnit("milliseconds")
                .register(meters);
        FunctionCounter.builder("sluice.live.rereads", live.rereader(), KafkaRereader::recovered)
                .tag("result", "recovered")
                .description("Recoveries that were read again from Kafka")
                .register(meters);
        FunctionCounter.builder("sluice.live.rereads", live.rereader(), KafkaRereader::givenUp)
                .tag("result", "given_up")
                .description("Recoveries that Kafka could not answer, or not within the bounds")
                .register(meters);
        for (Channel channel : Channel.values()) {
            Gauge.builder("sluice.live.items", live.desk().board(channel), Board::size)
                    .tag("channel", channel.wireName())
                    .description("Items kept in memory")
                    .register(meters);
        }
        for (Follower follower : live.followers()) {
            Gauge.builder("sluice.live.not.understood", follower, Follower::notUnderstood)
                    .tag("topic", follower.topic())
                    .description("Records left out because they are not what the topic carries")
                    .register(meters);
        }
    }
}
