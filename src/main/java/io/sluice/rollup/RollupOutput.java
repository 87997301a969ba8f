package io.sluice.rollup;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The one way out for every rollup, of devices and of groups: interim ones at once, final ones with the commit of what
 * they were made from.
 *
 * <p>Final values wait for the commit here, since a transaction that is open hides from its readers whatever is written
 * behind it, interim values too.
 */
final class RollupOutput implements Announcer {
    private final ProcessorContext<Object, Object> context;
    private final RollupPlan plan;
    private final RollupKey.Kind kind;
    private final String rollups;
    private final String history;
    private final Interims interims;
    private final Map<RollupKey, Final> finals = new LinkedHashMap<>();

    private record Final(RollupItem item, Headers headers, byte @Nullable [] sketch, boolean stored) {}

    /**
     * @param rollups the way to {@code rollups} among the processor's children
     * @param history the way to {@code rollups.history}
     */
    RollupOutput(
            ProcessorContext<Object, Object> context,
            RollupPlan plan,
            RollupKey.Kind kind,
            String rollups,
            String history,
            Interims interims) {
        this.context = context;
        this.plan = plan;
        this.kind = kind;
        this.rollups = rollups;
        this.history = history;
        this.interims = interims;
    }

    @Override
    public void announce(String id, OpenWindow window, boolean isFinal) {
        RollupKey key = window.key(kind, id);
        RollupItem item = window.item(kind, id, isFinal);
        if (isFinal) {
            boolean stored = plan.history().contains(window.window);
            Sketch sketch = stored ? window.aggregate.sketch() : null;
            byte[] quantiles = sketch == null ? null : sketch.toBytes();
            finals.put(key, new Final(item, InterimProducer.arrival(window.arrived), quantiles, stored));
        } else {
            // The window is open again: a corrected final value follows.
            finals.remove(key);
            interims.send(key, item, window.arrived, context.currentSystemTimeMs());
        }
    }

    boolean hasFinals() {
        return !finals.isEmpty();
    }

    /** Before a commit: sends the final values, behind whatever interim ones are still on their way. */
    void sendFinals() {
        if (finals.isEmpty()) {
            return;
        }
        interims.settle();
        long now = context.currentSystemTimeMs();
        finals.forEach((key, each) -> {
            Record<Object, Object> rollup = new Record<>(key, each.item(), now, each.headers());
            context.forward(rollup, rollups);
            if (each.stored()) {
                context.forward(forHistory(rollup, each.sketch()), history);
            }
        });
        finals.clear();
    }

    private static Record<Object, Object> forHistory(Record<Object, Object> rollup, byte @Nullable [] sketch) {
        return sketch == null
                ? rollup
                : rollup.withHeaders(new RecordHeaders(rollup.headers()).add(Sketch.HEADER, sketch));
    }
}
