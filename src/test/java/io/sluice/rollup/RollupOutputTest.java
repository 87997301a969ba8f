package io.sluice.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class RollupOutputTest {
    private static final Window MINUTE = Window.parse("1m");

    private final List<String> sent = new ArrayList<>();
    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
    private final RollupOutput output = new RollupOutput(
            context,
            new RollupPlan(List.of(MINUTE), 10_000, 1_000, 100, Set.of(MINUTE)),
            RollupKey.Kind.DEVICE,
            "rollups",
            "history",
            new Interims() {
                @Override
                public Duration interval() {
                    return Duration.ZERO;
                }

                @Override
                public Duration trust() {
                    return Duration.ZERO;
                }

                @Override
                public void send(RollupKey key, RollupItem item, long arrived, long now) {
                    sent.add("interim " + item.count());
                }

                @Override
                public void settle() {
                    sent.add("settled");
                }
            });

    private final OpenWindow window =
            new OpenWindow(new OpenWindow.Series("t", "Cel"), MINUTE, 0, 1, MINUTE.newAggregate());

    RollupOutputTest() {
        context.setCurrentSystemTimeMs(5);
    }

    private void take(boolean isFinal) {
        window.aggregate.add(1, 1, 1, 1, 0);
        output.announce("pump-7", window, isFinal);
    }

    private void sendFinals() {
        output.sendFinals();
        context.forwarded()
                .forEach(each -> sent.add(each.childName().orElseThrow() + " "
                        + ((RollupItem) each.record().value()).count()));
        context.resetForwards();
    }

    @Test
    void finalValuesWaitForTheCommitAndForWhatIsOnItsWay() {
        take(false);
        take(true);
        assertThat(context.forwarded()).isEmpty();
        assertThat(output.hasFinals()).isTrue();
        sendFinals();
        sendFinals();
        assertThat(sent).containsExactly("interim 1", "settled", "rollups 2", "history 2");
    }

    @Test
    void aWindowThatIsOpenAgainIsFinalLater() {
        take(true);
        take(false);
        sendFinals();
        take(true);
        sendFinals();
        assertThat(sent).containsExactly("interim 2", "settled", "rollups 3", "history 3");
    }
}
