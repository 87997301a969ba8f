package io.sluice.senml;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeenKeysTest {
    @Test
    void tellsKeysOfEveryKindApart() {
        SeenKeys keys = new SeenKeys(2);
        List<Object> all = List.of(
                1L,
                -1L,
                "1",
                "",
                ByteBuffer.wrap(new byte[] {1}),
                ByteBuffer.wrap(new byte[] {1, 2}),
                new BigInteger("18446744073709551615"),
                new BigInteger("-18446744073709551616"));
        assertThat(all).allMatch(key -> keys.add(1, key));
        assertThat(all).noneMatch(key -> keys.add(1, key));
        assertThat(all).allMatch(key -> keys.add(2, key));
        keys.open(1);
        assertThat(all).allMatch(key -> keys.add(1, key));
    }
}
