package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.local.DevicesSim.Fleet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * All faults mixed, one after the other, while connections are cut and stalled all the time; for
 * {@code -Dsluice.ledger.duration} (ISO 8601, 3 minutes), with the faults that {@code -Dsluice.test.seed} says, and a fleet
 * of {@code -Dsluice.ledger.devices} (20), each with {@code -Dsluice.ledger.messages} (20) a second of
 * {@code -Dsluice.ledger.readings} (2); the service stays under {@code -Dsluice.ledger.resident} MiB (450).
 */
@Tag("endurance")
class EnduranceIT {
    private static final Duration RECOVERY = Duration.ofSeconds(90);

    @Test
    void theBooksBalanceAfterEverythingThatCanGoAway() throws Exception {
        Duration duration = Duration.parse(System.getProperty("sluice.ledger.duration", "PT3M"));
        long seed = Seed.choose();
        Random random = new Random(seed);
        try (Plant plant = Plant.start("endurance-it")) {
            KnownFleet known = plant.know("endurance", size((int) duration.toSeconds()), random.nextLong());
            try (FaultyNetwork network =
                            new FaultyNetwork(plant.securePort(), random.nextLong(), 50_000, Integer.MAX_VALUE);
                    Fleet fleet = plant.send(known, network.url())) {
                long end = System.nanoTime() + duration.minusSeconds(20).toNanos();
                awaitFlow(fleet);
                while (System.nanoTime() < end) {
                    fleet.runOn(Duration.ofMillis(1_000 + random.nextInt(8_000)));
                    disturb(plant, fleet, random);
                    awaitFlow(fleet);
                }
                network.heal();
                fleet.awaitEnd(duration.plusMinutes(5));
                System.out.printf(
                        "%d cuts, %d stalls, %s%n",
                        network.cuts(), network.stalls(), fleet.report().toPrettyString());
                Books books = plant.books(known, fleet);
                books.assertBalanced();
                System.out.println(books.repetitions() + " repetitions");
                assertThat(network.cuts()).isPositive();
            }
            plant.assertMemoryBounded();
        }
    }

    private static KnownFleet.Size size(int seconds) {
        return new KnownFleet.Size(
                Integer.getInteger("sluice.ledger.devices", 20),
                seconds,
                Integer.getInteger("sluice.ledger.messages", 20),
                Integer.getInteger("sluice.ledger.readings", 2) - 1);
    }

    private static void disturb(Plant plant, Fleet fleet, Random random) throws Exception {
        int fault = random.nextInt(3);
        System.out.println(Instant.now() + " "
                + List.of("broker killed", "service killed", "service stopped").get(fault));
        switch (fault) {
            case 0 -> {
                plant.site().killBroker();
                fleet.runOn(Duration.ofMillis(random.nextInt(10_000)));
                plant.site().startBrokerAgain();
            }
            case 1 -> plant.killServiceAndStartAgain();
            default -> plant.restartService();
        }
    }

    /** Acknowledgements come again. */
    private static void awaitFlow(Fleet fleet) throws Exception {
        long before = fleet.progress().acknowledged();
        await("acknowledgements").atMost(RECOVERY).until(() -> fleet.progress().acknowledged() > before);
    }
}
