package io.sluice.recorded;

import io.sluice.local.DevicesSim;
import io.sluice.local.DevicesSim.Fleet;
import io.sluice.local.ProductionSite;
import io.sluice.local.RunningSluice;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** A recorded file sent through one production service on servers of its own, which still runs. */
final class RecordedRun implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(180);

    private final ProductionSite site;
    private final RunningSluice service;
    private final Replay replay;

    private RecordedRun(ProductionSite site, RunningSluice service, Replay replay) {
        this.site = site;
        this.service = service;
        this.replay = replay;
    }

    /** Until everything sent is acknowledged. */
    static RecordedRun of(ReplayPlan plan) throws Exception {
        Recording recording = plan.read();
        ProductionSite site = ProductionSite.start("recorded-it");
        try {
            RunningSluice service = site.run(Map.of());
            try {
                service.awaitReady(READY, "https");
                DevicesSim simulator = DevicesSim.of(site);
                plan.provision(simulator, service);
                try (Fleet fleet = plan.send(simulator, service.url("wss", "/ingest"))) {
                    return new RecordedRun(site, service, Replay.of(plan, recording, fleet, site.brokerAddress()));
                }
            } catch (Throwable e) {
                service.close();
                throw e;
            }
        } catch (Throwable e) {
            site.close();
            throw e;
        }
    }

    Replay replay() {
        return replay;
    }

    @Override
    public void close() throws IOException {
        try (site) {
            service.close();
        }
    }
}
