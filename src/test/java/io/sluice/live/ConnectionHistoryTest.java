package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.live.ConnectionHistory.End;
import io.sluice.live.ConnectionHistory.Past;
import io.sluice.presence.PresenceRecord.Disconnected;
import org.junit.jupiter.api.Test;

class ConnectionHistoryTest {
    private final ConnectionHistory history = new ConnectionHistory(2);

    private static Disconnected ended(String device, String session, long at, int code) {
        return new Disconnected(device, null, session, "i", at, code);
    }

    @Test
    void keepsWhenEachBeganAndEnded() {
        history.connected("d", "s1", 100);
        history.connected("d", "s2", 200);
        history.disconnected(ended("d", "s1", 201, 4509));
        assertThat(history.of("d"))
                .containsExactly(new Past("s2", 200L, null), new Past("s1", 100L, new End(201, 4509)));
    }

    @Test
    void knowsAnEndWhoseBeginningWasCompactedAway() {
        history.disconnected(ended("d", "s1", 201, 1006));
        assertThat(history.of("d")).containsExactly(new Past("s1", null, new End(201, 1006)));
    }

    /** The end of the one that was taken over is told behind the beginning of the one that did. */
    @Test
    void placesAnEndOfUnknownBeginningBeforeWhatIsOpen() {
        history.connected("d", "s2", 200);
        history.disconnected(ended("d", "s1", 201, 4509));
        assertThat(history.of("d"))
                .containsExactly(new Past("s2", 200L, null), new Past("s1", null, new End(201, 4509)));
    }

    /** A connection that remains says so again. */
    @Test
    void takesASessionOnce() {
        history.connected("d", "s1", 100);
        history.connected("d", "s1", 100);
        assertThat(history.of("d")).hasSize(1);
    }

    @Test
    void isBounded() {
        for (int i = 0; i <= ConnectionHistory.PER_DEVICE; i++) {
            history.connected("busy", "s" + i, i);
        }
        assertThat(history.of("busy")).hasSize(ConnectionHistory.PER_DEVICE).doesNotContain(new Past("s0", 0L, null));
        history.connected("other", "s", 1);
        history.connected("third", "s", 1);
        assertThat(history.of("busy")).isEmpty();
        assertThat(history.of("other")).hasSize(1);
    }

    @Test
    void forgetsADeletedDevice() {
        history.connected("d", "s1", 100);
        history.forget("d");
        assertThat(history.of("d")).isEmpty();
    }
}
