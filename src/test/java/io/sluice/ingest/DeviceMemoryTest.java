package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeviceMemoryTest {
    private static final int EPOCHS = 8;

    private final DeviceMemory memory = new DeviceMemory(500);

    @Test
    void theGreatestNumberOfAnEpochIsRemembered() {
        memory.progress("e").taken(7);
        memory.progress("e").taken(5);

        assertThat(memory.progress("e").highest()).isEqualTo(7);
        assertThat(memory.progress("other").highest()).isZero();
    }

    @Test
    void theEpochThatWasAskedForLongestAgoIsForgotten() {
        memory.progress("first").taken(1);
        memory.progress("second").taken(2);
        memory.progress("first");
        ask(EPOCHS - 1);

        assertThat(memory.progress("first").highest()).isEqualTo(1);
        assertThat(memory.progress("second").highest()).isZero();
    }

    @Test
    void aConnectionThatOutlivesItsPlaceComesBackWithItsNextMessage() {
        DeviceMemory.Progress connection = memory.progress("e");
        connection.taken(7);
        ask(EPOCHS);

        connection.taken(8);

        assertThat(memory.progress("e").highest()).isEqualTo(8);
    }

    @Test
    void twoConnectionsOfAnEpochThatWasForgottenBetweenThemAgreeOnTheGreatest() {
        DeviceMemory.Progress before = memory.progress("e");
        ask(EPOCHS);
        DeviceMemory.Progress after = memory.progress("e");
        after.taken(9);

        before.taken(3);

        assertThat(memory.progress("e").highest()).isEqualTo(9);
    }

    private void ask(int others) {
        for (int i = 0; i < others; i++) {
            memory.progress("other-" + i);
        }
    }
}
