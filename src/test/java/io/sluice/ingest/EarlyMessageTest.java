package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ingest.EmbeddedInstance.Peer;
import io.sluice.protocol.CloseCode;
import io.sluice.registry.DirectoryEntry;
import io.sluice.telemetry.Profile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A message that was sent along with the handshake waits until the connection has been opened and judged anew. */
class EarlyMessageTest {
    private static final String MESSAGE = "[{\"n\":\"a\",\"v\":1}]";

    private final EmbeddedInstance instance = new EmbeddedInstance(record -> {}, Map.of());

    @Test
    void isTakenOnceTheConnectionIsOpen() {
        Peer peer = instance.admit("d").say(MESSAGE);
        assertThat(instance.log.entries()).isEmpty();

        peer.open();

        assertThat(instance.log.entries()).hasSize(1);
    }

    @Test
    void isNotTakenFromADeviceThatWasDisabledMeanwhile() {
        Peer peer = instance.admit("d").say(MESSAGE);
        instance.directory.with(new DirectoryEntry("d", null, Profile.DEFAULT, false));

        peer.open();

        assertThat(peer.closeCode()).isEqualTo(CloseCode.DISABLED.code());
        assertThat(instance.log.entries()).isEmpty();
    }
}
