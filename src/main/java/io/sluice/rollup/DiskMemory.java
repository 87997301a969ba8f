package io.sluice.rollup;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Keeps the memory of all stores of the process outside the heap, however many partitions it has, to what is configured: one
 * cache, to half of which the write buffers count, too. Streams' own defaults take about 100 MB a store. Public because
 * Streams makes one for each store, by reflection.
 */
@RegisterForReflection
public final class DiskMemory implements RocksDBConfigSetter {
    static final String BYTES = "sluice.rollup.disk-memory";

    /** Of one store. Small, so that many stores fill their common share evenly. */
    private static final long WRITE_BUFFER = 2 << 20;

    private static final double INDEXES_SHARE = 0.25;

    private static @Nullable Shared shared;

    /** What the stores that are open have in common. The first of them decides how much it is. */
    private static final class Shared {
        private final Cache cache;
        private final WriteBufferManager writeBuffers;
        private int stores;

        Shared(long bytes) {
            cache = new LRUCache(bytes, -1, false, INDEXES_SHARE);
            writeBuffers = new WriteBufferManager(bytes / 2, cache);
        }

        void close() {
            writeBuffers.close();
            cache.close();
        }
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        Shared memory = take(((Number) Objects.requireNonNull(configs.get(BYTES))).longValue());
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.writeBuffers);
        options.setWriteBufferSize(WRITE_BUFFER);
        options.setMaxWriteBufferNumber(2);
        options.setMaxBackgroundJobs(1);
    }

    private static synchronized Shared take(long bytes) {
        if (shared == null) {
            shared = new Shared(bytes);
        }
        shared.stores++;
        return shared;
    }

    /** The store's native side holds on to what it uses until it is closed itself. */
    @Override
    public void close(String storeName, Options options) {
        giveBack();
    }

    private static synchronized void giveBack() {
        if (shared != null && --shared.stores == 0) {
            shared.close();
            shared = null;
        }
    }
}
