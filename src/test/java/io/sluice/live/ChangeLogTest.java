package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChangeLogTest {
    private static final int SLACK = 8;

    private final ChangeLog log = new ChangeLog(SLACK);
    private final Series series = new Series(new SeriesKey("d", null, "m", "", "1s"), new Source());
    private long version;

    /** Whatever its arrays have room for: what is behind an item that was taken off stays in memory as long as its slot. */
    @Test
    void staysInProportionToItsValidItems() {
        for (int valid = 1; valid <= 600; valid++) {
            change(new Item(series, valid));
            for (int i = 0; i < 5; i++) {
                Item gone = change(new Item(series, -1));
                log.supersede();
                gone.leave();
            }
            assertThat(log.size()).isLessThanOrEqualTo(2 * valid + 2 * SLACK + 1);
        }
    }

    @Test
    void whatAnItemSaidThatIsTakenOffIsLetGoAtOnce() {
        Item item = change(new Item(series, 1));
        item.json = "{}".getBytes(StandardCharsets.US_ASCII);

        item.leave();

        assertThat(log.item(0)).isSameAs(item);
        assertThat(log.isValid(0)).isFalse();
        assertThat(log.item(0).json).isEmpty();
    }

    private Item change(Item item) {
        item.version = ++version;
        log.append(item, version);
        return item;
    }
}
