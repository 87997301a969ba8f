package io.sluice.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PendingChangesTest {
    private final PendingChanges pending = new PendingChanges(3);

    @Test
    void givesEachNameOnce() throws InterruptedException {
        pending.device("a");
        pending.device("a");
        pending.device("b");
        pending.profiles();
        PendingChanges.Batch batch = pending.take(60_000);
        assertThat(batch.devices()).containsExactly("a", "b");
        assertThat(batch.profiles()).isTrue();
        assertThat(batch.everything()).isFalse();
        assertThat(pending.take(1).isEmpty()).isTrue();
    }

    @Test
    void asksForEverythingBeyondItsBound() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            pending.device("d" + i);
        }
        PendingChanges.Batch batch = pending.take(60_000);
        assertThat(batch.everything()).isTrue();
        assertThat(batch.devices()).isEmpty();
    }

    @Test
    void letsThoseGoWhoWaitEvenWhenItGivesUp() throws InterruptedException {
        pending.device("a");
        CompletableFuture<Void> settled = pending.settled();
        pending.giveUp(pending.take(60_000));
        assertThat(settled).isCompleted();
        assertThat(pending.take(1).everything()).isTrue();
    }
}
