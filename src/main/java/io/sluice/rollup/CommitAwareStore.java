package io.sluice.rollup;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A logged key-value store that lets its processor write and forward just before each commit, within the transaction that
 * also commits the input's offsets. So objects can be live on the heap between commits and still be exactly-once: a
 * commit never contains an offset without the state that the records up to it made.
 *
 * <p>Kafka Streams 4.1 has no public hook for this. {@link StateStore#flush} is not it: under exactly-once it is called
 * when a task is closed, not when one commits. What is called before every commit, also those of a rebalance and of a
 * shutdown, is {@link CachedStateStore#flushCache}, on which Streams' own caching stores rest. That interface, and the
 * node that must be current for forwarding, are internal: all use of them is in this class, and
 * {@code RollupTopologyTest} fails when a new version no longer calls it. Rejected: a punctuator that writes (commits
 * of a rebalance come between punctuations: lost readings), and a write per reading (60,000 a second instead of one per
 * window and commit).
 */
final class CommitAwareStore implements StateStore, CachedStateStore<byte[], byte[]> {
    private final KeyValueStore<Bytes, byte[]> store;
    private @Nullable InternalProcessorContext<?, ?> context;
    private @Nullable ProcessorNode<?, ?, ?, ?> node;
    private @Nullable Runnable beforeCommit;

    private CommitAwareStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** @param changelog settings of the changelog topic */
    static StoreBuilder<CommitAwareStore> builder(KeyValueBytesStoreSupplier store, Map<String, String> changelog) {
        return new Builder(Stores.keyValueStoreBuilder(store, Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(changelog));
    }

    KeyValueStore<Bytes, byte[]> entries() {
        return store;
    }

    /** To be called from {@code Processor.init}; replaces what an earlier initialisation of the task set. */
    void beforeCommit(ProcessorContext<?, ?> processor, Runnable work) {
        context = (InternalProcessorContext<?, ?>) processor;
        node = context.currentNode();
        beforeCommit = work;
    }

    @Override
    public void flushCache() {
        if (beforeCommit == null || context == null) {
            return;
        }
        ProcessorNode<?, ?, ?, ?> previous = context.currentNode();
        context.setCurrentNode(node);
        try {
            beforeCommit.run();
        } finally {
            context.setCurrentNode(previous);
        }
    }

    /** The task becomes a standby, whose store is written by restoration. */
    @Override
    public void clearCache() {
        beforeCommit = null;
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public void init(StateStoreContext stateStoreContext, StateStore root) {
        beforeCommit = null;
        store.init(stateStoreContext, root);
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void flush() {
        store.flush();
    }

    @Override
    public void close() {
        beforeCommit = null;
        store.close();
    }

    @Override
    public boolean persistent() {
        return store.persistent();
    }

    @Override
    public boolean isOpen() {
        return store.isOpen();
    }

    private static final class Builder implements StoreBuilder<CommitAwareStore> {
        private final StoreBuilder<KeyValueStore<Bytes, byte[]>> inner;

        Builder(StoreBuilder<KeyValueStore<Bytes, byte[]>> inner) {
            this.inner = inner;
        }

        @Override
        public CommitAwareStore build() {
            return new CommitAwareStore(inner.build());
        }

        /** Ignored: the live objects are the cache. */
        @Override
        public StoreBuilder<CommitAwareStore> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<CommitAwareStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<CommitAwareStore> withLoggingEnabled(Map<String, String> config) {
            inner.withLoggingEnabled(config);
            return this;
        }

        @Override
        public StoreBuilder<CommitAwareStore> withLoggingDisabled() {
            throw new UnsupportedOperationException("exactly-once rests on the changelog");
        }

        @Override
        public Map<String, String> logConfig() {
            return inner.logConfig();
        }

        @Override
        public boolean loggingEnabled() {
            return inner.loggingEnabled();
        }

        @Override
        public String name() {
            return inner.name();
        }
    }
}
