package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ControlFrameTest {
    /** Control frames are neither counted nor limited in rate, so nothing of them may stay. */
    @Test
    void namesAreForgotten() {
        Runtime runtime = Runtime.getRuntime();
        String filler = "x".repeat(40_000);
        System.gc();
        long used = runtime.totalMemory() - runtime.freeMemory();
        for (int i = 0; i < 500; i++) {
            byte[] frame = ("{\"" + i + filler + "\":1}").getBytes(StandardCharsets.UTF_8);
            assertThat(ControlFrame.judge(frame, true)).isEqualTo(ControlFrame.UNKNOWN);
        }
        System.gc();
        // Kept, they would be 20 MB.
        assertThat(runtime.totalMemory() - runtime.freeMemory() - used).isLessThan(5_000_000);
    }

    @Test
    void aNameThatStandsTwiceIsMalformed() {
        assertThat(ControlFrame.judge("{\"a\":1,\"a\":2}".getBytes(StandardCharsets.UTF_8), true))
                .isEqualTo(ControlFrame.MALFORMED);
    }
}
