package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.DevicesSim;
import io.sluice.local.DevicesSim.Fleet;
import io.sluice.local.ProductionSite;
import io.sluice.local.RunningSluice;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service that only takes readings in, on servers of its own, and fleets with known content before it. */
final class Plant implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(60);
    /** Of a service with a heap of 256 MB, which a large fleet fills and a small one does not. */
    private static final long MOST_RESIDENT_BYTES = Long.getLong("sluice.ledger.resident", 450L) << 20;

    private final ProductionSite site;
    private final DevicesSim simulator;
    private RunningSluice service;

    private Plant(ProductionSite site, DevicesSim simulator, RunningSluice service) {
        this.site = site;
        this.simulator = simulator;
        this.service = service;
    }

    static Plant start(String name) throws Exception {
        ProductionSite site = ProductionSite.start(name);
        try {
            DevicesSim simulator = DevicesSim.of(site);
            RunningSluice service = site.run(Map.of(
                    "SLUICE_ROLES",
                    "ingest,live",
                    // It is the network that is bad here, not the devices that come back so often.
                    "SLUICE_INGEST_DEVICE_ATTEMPTS_PER_MINUTE",
                    "1000"));
            service.awaitReady(READY, "https");
            return new Plant(site, simulator, service);
        } catch (Throwable e) {
            site.close();
            throw e;
        }
    }

    ProductionSite site() {
        return site;
    }

    int securePort() {
        return service.securePort();
    }

    /** The device endpoint, without a network between. */
    String url() {
        return service.url("wss", "/ingest");
    }

    /** A fleet that the service knows and judges by its profile. */
    KnownFleet know(String name, KnownFleet.Size size, long seed) throws IOException, InterruptedException {
        KnownFleet known = KnownFleet.write(site.folder(), name, size, seed);
        List<String> options = new ArrayList<>(known.columns());
        options.addAll(List.of("--from-csv", known.file().toString(), "--profile", name));
        simulator.provision(service, options);
        // The simulator's own profile of a recording has no ranges.
        assertThat(service.put("/api/profiles/" + name, KnownFleet.profile(size.waves()))
                        .statusCode())
                .isEqualTo(200);
        return known;
    }

    Fleet send(KnownFleet known, String url) throws IOException {
        List<String> options = new ArrayList<>(List.of("replay", known.file().toString(), "--times", "start"));
        options.addAll(known.columns());
        return simulator.fleet(known.name(), url, options);
    }

    Books books(KnownFleet known, Fleet fleet) throws IOException {
        return Books.of(known, fleet.ledger(), site.brokerAddress());
    }

    /** {@code kill -9}, and on the same ports until it is ready. */
    void killServiceAndStartAgain() throws IOException {
        assertMemoryBounded();
        service.kill();
        startServiceAgain();
    }

    /** As an orchestrator does it: SIGTERM, then a new one. */
    void restartService() throws IOException {
        assertMemoryBounded();
        service.terminate();
        startServiceAgain();
    }

    private void startServiceAgain() throws IOException {
        service.process().onExit().orTimeout(30, TimeUnit.SECONDS).join();
        service = service.startAgain();
        service.awaitReady(READY, "https");
    }

    void assertMemoryBounded() throws IOException {
        long peak = service.peakResidentBytes();
        System.out.println("the service held at most " + (peak >> 20) + " MiB");
        assertThat(peak).isLessThan(MOST_RESIDENT_BYTES);
    }

    @Override
    public void close() throws IOException {
        try (site) {
            service.close();
        }
    }
}
