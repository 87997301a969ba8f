package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.local.DevicesSim.Fleet;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing acknowledged is lost when a part of the way goes away while a fleet sends. */
class LedgerIT {
    private static final int DEVICES = 8;
    private static final KnownFleet.Size SIZE = new KnownFleet.Size(DEVICES, 10, 60, 1);
    private static final int WINDOW = 256;
    private static final Duration END = Duration.ofSeconds(60);

    private static Plant plant;

    @BeforeAll
    static void start() throws Exception {
        plant = Plant.start("ledger-it");
    }

    @AfterAll
    static void stop() throws IOException {
        plant.close();
    }

    @Test
    void aBrokersAbsenceCostsNoConnection() throws Exception {
        KnownFleet known = plant.know("broker", SIZE, 1);
        try (Fleet fleet = plant.send(known, plant.url())) {
            awaitAcknowledged(fleet, known.messages() / 5);
            plant.site().killBroker();
            await("all windows full").atMost(END).until(() -> {
                var progress = fleet.progress();
                return progress.sent() - progress.acknowledged() >= DEVICES * WINDOW;
            });
            plant.site().startBrokerAgain();
            fleet.awaitEnd(END);

            JsonNode report = fleet.report();
            assertThat(report.get("reconnects").asInt()).isZero();
            assertThat(report.get("resent").asInt()).isZero();
            plant.books(known, fleet).assertBalanced();
        }
        plant.assertMemoryBounded();
    }

    @Test
    void aKilledServiceTakesNothingWithIt() throws Exception {
        KnownFleet known = plant.know("service", SIZE, 2);
        try (Fleet fleet = plant.send(known, plant.url())) {
            awaitAcknowledged(fleet, known.messages() / 5);
            plant.killServiceAndStartAgain();
            fleet.awaitEnd(END);

            assertThat(fleet.report().get("reconnects").asInt()).isGreaterThanOrEqualTo(DEVICES);
            plant.books(known, fleet).assertBalanced();
        }
        plant.assertMemoryBounded();
    }

    @Test
    void cutAndStalledConnectionsAreMadeUpFor() throws Exception {
        long seed = Seed.choose();
        KnownFleet known = plant.know("network", SIZE, seed);
        try (FaultyNetwork network = new FaultyNetwork(plant.securePort(), seed, 10_000, 3 * DEVICES);
                Fleet fleet = plant.send(known, network.url())) {
            fleet.awaitEnd(END);

            assertThat(network.cuts()).isPositive();
            assertThat(network.stalls()).isPositive();
            assertThat(fleet.report().get("reconnects").asInt()).isPositive();
            plant.books(known, fleet).assertBalanced();
        }
        plant.assertMemoryBounded();
    }

    private static void awaitAcknowledged(Fleet fleet, long messages) {
        await("acknowledgements").atMost(END).until(() -> fleet.progress().acknowledged() >= messages);
    }
}
