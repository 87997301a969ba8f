package io.sluice.rollup;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** The one way out for every rollup, of devices and of groups, interim and final. */
final class RollupOutput implements Announcer {
    private final ProcessorContext<Object, Object> context;
    private final RollupPlan plan;
    private final RollupKey.Kind kind;
    private final String rollups;
    private final String history;

    /**
     * @param rollups the way to {@code rollups} among the processor's children
     * @param history the way to {@code rollups.history}
     */
    RollupOutput(
            ProcessorContext<Object, Object> context,
            RollupPlan plan,
            RollupKey.Kind kind,
            String rollups,
            String history) {
        this.context = context;
        this.plan = plan;
        this.kind = kind;
        this.rollups = rollups;
        this.history = history;
    }

    @Override
    public void announce(String id, OpenWindow window, boolean isFinal) {
        byte[] arrived = Long.toString(window.arrived).getBytes(StandardCharsets.ISO_8859_1);
        Record<Object, Object> rollup = new Record<>(
                window.key(kind, id),
                window.item(kind, id, isFinal),
                context.currentSystemTimeMs(),
                new RecordHeaders().add(RollupItem.ARRIVED, arrived));
        context.forward(rollup, rollups);
        if (isFinal && plan.history().contains(window.window)) {
            context.forward(forHistory(rollup, window.aggregate), history);
        }
    }

    private static Record<Object, Object> forHistory(Record<Object, Object> rollup, Aggregate aggregate) {
        Sketch sketch = aggregate.sketch();
        return sketch == null
                ? rollup
                : rollup.withHeaders(new RecordHeaders(rollup.headers()).add(Sketch.HEADER, sketch.toBytes()));
    }
}
