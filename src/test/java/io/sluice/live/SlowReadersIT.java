package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.local.ProductionSite;
import io.sluice.local.RunningSluice;
import io.sluice.rollup.RollupItem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A thousand subscribers on one instance with a heap of 256 MB, a hundred of whom read nothing at all: the others get
 * everything as before, the memory is bounded, and in mode {@code latest} nobody is sent away.
 */
@Tag("slow")
class SlowReadersIT {
    private static final Duration READY = Duration.ofSeconds(180);
    private static final int DEVICES = 100;
    private static final int READING = 900;
    private static final int STALLED = 100;
    private static final Duration PHASE = Duration.ofSeconds(8);
    private static final long TICK_NANOS = 100_000_000;
    private static final long MOST_DELAY_MS = 5_000;
    private static final long MOST_RESIDENT_BYTES = 560L << 20;

    /** One frame, what a connection may have pending, and the kernel's buffers at both ends. */
    private static final long MOST_STALE_OCTETS = 1L << 20;

    private static final String CREDENTIAL = "Basic "
            + Base64.getEncoder().encodeToString(("admin:" + ProductionSite.PASSWORD).getBytes(StandardCharsets.UTF_8));

    @Test
    void aHundredWhoReadNothingDelayNobodyAndStay() throws Exception {
        try (ProductionSite site = ProductionSite.start("slow-readers-it");
                RunningSluice service =
                        site.run(Map.of("SLUICE_ALLOW_PLAINTEXT", "true", "SLUICE_ROLES", "ingest,live"))) {
            service.awaitReady(READY, "https");
            try (RollupTopic rollups = new RollupTopic(site.brokerAddress());
                    LiveCrowd crowd = new LiveCrowd(service.port(), CREDENTIAL)) {
                List<LiveCrowd.Member> readers = new ArrayList<>();
                logIn(service);
                for (int i = 0; i < READING; i++) {
                    readers.add(crowd.join(subscribe("\"devices\":[\"pump-" + i % DEVICES + "\"],", 4), 0));
                }
                awaitOpen(readers);
                write(rollups, Duration.ofSeconds(2));
                crowd.takeDelays();
                write(rollups, PHASE);
                List<Long> alone = crowd.takeDelays();

                List<LiveCrowd.Member> stalled = new ArrayList<>();
                logIn(service);
                for (int i = 0; i < STALLED; i++) {
                    stalled.add(crowd.join(subscribe("", 20), 8_192));
                }
                awaitOpen(stalled);
                stalled.forEach(LiveCrowd.Member::stopReading);
                // Until they have filled the kernel's buffers.
                write(rollups, Duration.ofSeconds(4));
                crowd.takeDelays();
                write(rollups, PHASE);
                List<Long> beside = crowd.takeDelays();

                System.out.printf(
                        "delay p50 %d, p95 %d ms alone; %d, %d ms beside %d who do not read; %d MiB%n",
                        at(alone, 0.5),
                        at(alone, 0.95),
                        at(beside, 0.5),
                        at(beside, 0.95),
                        STALLED,
                        service.peakResidentBytes() >> 20);
                assertThat(readers).noneMatch(LiveCrowd.Member::isGone);
                assertThat(beside).hasSizeGreaterThan(alone.size() / 2);
                assertThat(at(beside, 0.95)).isLessThan(at(alone, 0.95) + MOST_DELAY_MS);
                assertConflated(rollups, stalled);
            }
            assertThat(service.peakResidentBytes()).isLessThan(MOST_RESIDENT_BYTES);
            assertThat(service.output()).doesNotContain("OutOfMemoryError");
        }
    }

    /** What they are sent when they read on is what is new, not all that they have missed. */
    private static void assertConflated(RollupTopic rollups, List<LiveCrowd.Member> stalled) throws Exception {
        long mark = System.currentTimeMillis();
        write(rollups, Duration.ofSeconds(1));
        long before = stalled.stream().mapToLong(LiveCrowd.Member::octets).max().orElse(0);
        stalled.forEach(LiveCrowd.Member::readOn);
        await().atMost(Duration.ofSeconds(30)).until(() -> stalled.stream().allMatch(each -> each.newest() >= mark));
        assertThat(stalled).noneMatch(LiveCrowd.Member::isGone);
        assertThat(stalled).allSatisfy(each -> assertThat(each.octets()).isLessThan(before + MOST_STALE_OCTETS));
    }

    /** A password that was verified is known for a minute; of a thousand at once most would be sent away. */
    private static void logIn(RunningSluice service) throws Exception {
        assertThat(service.get("https", "/api/groups").statusCode()).isEqualTo(200);
    }

    private static void awaitOpen(List<LiveCrowd.Member> members) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> members.stream().allMatch(member -> member.isOpen() || member.isGone()));
        assertThat(members).noneMatch(LiveCrowd.Member::isGone);
    }

    private static String subscribe(String devices, int maxHz) {
        return "{\"subscribe\":{\"id\":1,\"channel\":\"rollups\"," + devices
                + "\"metrics\":[\"t\"],\"window\":\"1s\",\"mode\":\"latest\",\"maxHz\":" + maxHz + "}}";
    }

    /** Every device's window anew ten times a second, with the time of writing as its value. */
    private static void write(RollupTopic rollups, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        for (long next = System.nanoTime(); next < end; next += TICK_NANOS) {
            long now = System.currentTimeMillis();
            List<RollupItem> items = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                items.add(RollupTopic.item("pump-" + i, now / 1_000 * 1_000, now, false));
            }
            rollups.write(items);
            // Paces what is written; nothing waits for it.
            LockSupport.parkNanos(Math.max(0, next + TICK_NANOS - System.nanoTime()));
        }
    }

    private static long at(List<Long> sorted, double share) {
        assertThat(sorted).isNotEmpty();
        return sorted.get((int) (share * (sorted.size() - 1)));
    }
}
