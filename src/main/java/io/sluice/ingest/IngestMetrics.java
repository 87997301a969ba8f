package io.sluice.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.telemetry.RejectCode;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What this room counts. Every name and tag value is known at start: a peer cannot make new ones. */
@Singleton
class IngestMetrics {
    private final MeterRegistry registry;
    private final Counter messages;
    private final Counter readings;
    private final Counter acks;
    private final Counter stalls;
    private final Map<RejectCode, Counter> rejects = new EnumMap<>(RejectCode.class);

    IngestMetrics(MeterRegistry registry, Connections connections, MessageLog log) {
        this.registry = registry;
        this.messages = registry.counter("sluice.ingest.messages");
        this.readings = registry.counter("sluice.ingest.readings");
        this.acks = registry.counter("sluice.ingest.acks");
        this.stalls = registry.counter("sluice.ingest.credit.stalls");
        for (RejectCode code : RejectCode.values()) {
            rejects.put(code, registry.counter("sluice.ingest.rejects", "code", code.wireName()));
        }
        Gauge.builder("sluice.ingest.connections", connections, Connections::size)
                .register(registry);
        Gauge.builder("sluice.ingest.bytes.in.flight", log, MessageLog::bytesInFlight)
                .register(registry);
    }

    void taken(Judgement judgement) {
        messages.increment();
        if (judgement.accepted() > 0) {
            readings.increment(judgement.accepted());
        }
        for (Judgement.Letter letter : judgement.letters()) {
            rejected(letter.rejection().code());
        }
    }

    void rejected(RejectCode code) {
        Objects.requireNonNull(rejects.get(code), "a counter of every code").increment();
    }

    void acknowledged() {
        acks.increment();
    }

    void stalled() {
        stalls.increment();
    }

    void refused(Refusal refusal) {
        registry.counter(
                        "sluice.ingest.handshakes.refused",
                        "status",
                        Integer.toString(refusal.status()),
                        "reason",
                        refusal.reason().label())
                .increment();
    }

    /** @param code of a close frame; the peer's own ones beyond those the protocol knows count as one */
    void closed(int code) {
        boolean known = code >= 1000 && code <= 1015 || code >= 4400 && code <= 4599;
        registry.counter("sluice.ingest.closes", "code", known ? Integer.toString(code) : "other")
                .increment();
    }
}
