package io.sluice.rollup;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;

/**
 * Keeps a store's memory outside the heap to what is configured: half a cache, half two write buffers. Streams' own
 * defaults take about 100 MB a partition. Public because Streams makes it by reflection.
 */
@RegisterForReflection
public final class DiskMemory implements RocksDBConfigSetter {
    static final String BYTES = "sluice.rollup.disk-memory";

    private final Map<String, Cache> caches = new ConcurrentHashMap<>();

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        long bytes = ((Number) Objects.requireNonNull(configs.get(BYTES))).longValue();
        Cache cache = new LRUCache(bytes / 2);
        caches.put(storeName, cache);
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(cache);
        table.setCacheIndexAndFilterBlocks(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferSize(bytes / 4);
        options.setMaxWriteBufferNumber(2);
        options.setMaxBackgroundJobs(1);
    }

    @Override
    public void close(String storeName, Options options) {
        Cache cache = caches.remove(storeName);
        if (cache != null) {
            cache.close();
        }
    }
}
