package io.sluice.rollup;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * From what devices added to groups to the groups' records of {@code rollups}: one per task of the second stage.
 *
 * <p>Streams may initialise the same object again, as it may a {@link ReadingsProcessor}.
 */
final class GroupsProcessor implements Processor<RollupKey, Addition, Object, Object> {
    private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);

    private final RollupPlan plan;
    private final GroupPlan bounds;
    private final GroupTime time;
    private final RollupCounters counters;
    private final Interims interims;
    private ProcessorContext<Object, Object> context;
    private LiveGroups groups;
    private RollupOutput output;
    private Showing showing;
    private boolean closed;

    @SuppressWarnings("NullAway.Init") // init comes before everything else
    GroupsProcessor(RollupPlan plan, GroupPlan bounds, GroupTime time, RollupCounters counters, Interims interims) {
        this.plan = plan;
        this.bounds = bounds;
        this.time = time;
        this.counters = counters;
        this.interims = interims;
    }

    @Override
    public void init(ProcessorContext<Object, Object> processorContext) {
        context = processorContext;
        closed = false;
        output = new RollupOutput(
                context,
                plan,
                RollupKey.Kind.GROUP,
                RollupTopology.GROUP_ROLLUPS,
                RollupTopology.GROUP_HISTORY,
                interims);
        CommitAwareStore store = context.getStateStore(RollupTopology.GROUPS);
        groups = new LiveGroups(store.entries(), plan, bounds, counters);
        showing = new Showing(context, interims, now -> groups.show(output, now));
        showing.changed();
        store.beforeCommit(context, this::save);
        context.schedule(ReadingsProcessor.TICK, PunctuationType.WALL_CLOCK_TIME, now -> settle());
        context.schedule(HOUSEKEEPING, PunctuationType.WALL_CLOCK_TIME, now -> groups.age());
    }

    @Override
    public void process(Record<@Nullable RollupKey, @Nullable Addition> delta) {
        RollupKey key = delta.key();
        Addition addition = delta.value();
        if (key == null || addition == null) {
            counters.undecodable.increment();
            return;
        }
        groups.take(key, addition, context.currentSystemTimeMs());
        showing.changed();
    }

    private void save() {
        if (closed && output.hasFinals()) {
            throw new IllegalStateException("a closed task was to commit what it can not send");
        }
        showing.committing();
        groups.save(closed ? null : output);
        output.sendFinals();
    }

    private void settle() {
        long until = time.settledUntil();
        if (until != GroupTime.UNKNOWN) {
            groups.settle(until, output);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
