package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ingest.EmbeddedInstance.Peer;
import io.sluice.presence.PresenceRecord;
import io.sluice.presence.PresenceRecord.Connected;
import io.sluice.presence.PresenceRecord.Disconnected;
import io.sluice.presence.PresenceRecord.Remains;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who has a device, by the order of what stands on the log. */
class TakeoversTest {
    private static final Connected ELSEWHERE = new Connected("d", null, "elsewhere-1", "elsewhere", 5);
    private static final Disconnected GONE_ELSEWHERE = new Disconnected("d", null, "elsewhere-1", "elsewhere", 6, 4509);

    private final List<PresenceRecord> log = Collections.synchronizedList(new ArrayList<>());
    private final EmbeddedInstance instance = new EmbeddedInstance(log::add, Map.of());

    /** Its announcement has come back. */
    private Peer announced() {
        Peer peer = instance.admit("d").open();
        instance.takeovers.read(newest());
        return peer;
    }

    private PresenceRecord newest() {
        return log.get(log.size() - 1);
    }

    @Test
    void anAnnouncementAfterItsOwnClosesAConnection() {
        Peer peer = announced();
        instance.takeovers.read(ELSEWHERE);
        assertThat(peer.closeCode()).isEqualTo(4509);
    }

    @Test
    void anAnnouncementBeforeItsOwnIsAnOlderConnections() {
        Peer peer = instance.admit("d").open();
        instance.takeovers.read(ELSEWHERE);
        instance.takeovers.read(newest());
        assertThat(peer.closeCode()).isEqualTo(-1);
    }

    @Test
    void theOneThatStaysHereIsTheOneAnnouncedLast() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        EmbeddedInstance slow = new EmbeddedInstance(
                record -> {
                    if (first.getCount() > 0) {
                        first.countDown();
                        // The other connection must not come in between, however long this takes.
                        awaitShortly(second);
                    }
                    log.add(record);
                    second.countDown();
                },
                Map.of());
        Peer older = slow.admit("d");
        Peer newer = slow.admit("d");
        CompletableFuture<Void> opening = CompletableFuture.runAsync(older::open);
        first.await();
        newer.open();
        opening.get(5, TimeUnit.SECONDS);

        assertThat(slow.services.connections().find("d")).isSameAs(newer.connection);
        assertThat(log)
                .extracting(record -> ((Connected) record).session())
                .containsExactly(older.connection.sessionId(), newer.connection.sessionId());
    }

    @Test
    void anOlderHandshakeThatIsOpenedLaterGivesWayUnannounced() {
        Peer older = instance.admit("d");
        Peer newer = instance.admit("d").open();
        older.open();
        assertThat(older.closeCode()).isEqualTo(4509);
        assertThat(newer.closeCode()).isEqualTo(-1);
        assertThat(instance.services.connections().find("d")).isSameAs(newer.connection);
        older.connection.closed();
        assertThat(log)
                .extracting(record -> ((Connected) record).session())
                .containsExactly(newer.connection.sessionId());
    }

    private static void awaitShortly(CountDownLatch latch) {
        try {
            latch.await(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theEndOfAnOlderConnectionIsNotTheLastWordOnTheDevice() {
        Peer peer = announced();
        Connected announcement = (Connected) newest();
        instance.takeovers.read(GONE_ELSEWHERE);
        assertThat(peer.closeCode()).isEqualTo(-1);
        assertThat(newest())
                .isEqualTo(new Remains(
                        "d", null, announcement.session(), announcement.instance(), announcement.sinceMs()));
    }

    @Test
    void nobodyRemainsBeforeHisAnnouncementOrAfterATakeover() {
        Peer peer = instance.admit("d").open();
        PresenceRecord announcement = newest();
        instance.takeovers.read(GONE_ELSEWHERE);
        instance.takeovers.read(announcement);
        instance.takeovers.read(ELSEWHERE);
        instance.takeovers.read(GONE_ELSEWHERE);
        assertThat(peer.closeCode()).isEqualTo(4509);
        assertThat(log).containsExactly(announcement);
    }

    @Test
    void oneThatRemainsElsewhereTakesNothingOverAndIsAnswered() {
        Peer peer = announced();
        instance.takeovers.read(new Remains("d", null, "elsewhere-1", "elsewhere", 5));
        assertThat(peer.closeCode()).isEqualTo(-1);
        assertThat(newest()).isInstanceOf(Remains.class);
        instance.takeovers.read(newest());
        assertThat(peer.closeCode()).isEqualTo(-1);
        assertThat(log).hasSize(2);
    }

    @Test
    void aNewProcessOfAGivenNameIsAnotherInstance() {
        EmbeddedInstance before = new EmbeddedInstance(log::add, Map.of("instance", "hall-1"));
        EmbeddedInstance after = new EmbeddedInstance(log::add, Map.of("instance", "hall-1"));
        assertThat(after.services.instance()).startsWith("hall-1.").isNotEqualTo(before.services.instance());
    }

    @Test
    void aConnectionThatOpensDuringTheDrainIsSentAway() {
        Peer peer = instance.admit("d");
        instance.services.beginDraining();
        peer.open();
        assertThat(peer.nextText()).startsWith("{\"welcome\":");
        assertThat(peer.nextText()).startsWith("{\"goaway\":");
        assertThat(peer.closeCode()).isEqualTo(1012);
    }
}
