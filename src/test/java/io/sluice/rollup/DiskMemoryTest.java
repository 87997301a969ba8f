package io.sluice.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class DiskMemoryTest {
    private static final long BYTES = 16 << 20;
    private static final Map<String, Object> CONFIG = Map.of(DiskMemory.BYTES, BYTES);

    @TempDir
    private Path folder;

    private static Options options(DiskMemory memory, String store) {
        Options options = new Options().setCreateIfMissing(true).setTableFormatConfig(new BlockBasedTableConfig());
        memory.setConfig(store, options, CONFIG);
        return options;
    }

    @Test
    void allStoresShareOneBound() throws RocksDBException {
        DiskMemory one = new DiskMemory();
        DiskMemory two = new DiskMemory();
        try (Options ofOne = options(one, "devices");
                Options ofTwo = options(two, "groups");
                RocksDB first = RocksDB.open(ofOne, folder.resolve("1").toString());
                RocksDB second = RocksDB.open(ofTwo, folder.resolve("2").toString())) {
            assertThat(first.getLongProperty("rocksdb.block-cache-capacity")).isEqualTo(BYTES);
            long before = second.getLongProperty("rocksdb.block-cache-usage");
            for (int i = 0; i < 2_000; i++) {
                first.put(("key " + i).getBytes(), new byte[500]);
            }
            assertThat(second.getLongProperty("rocksdb.block-cache-usage"))
                    .as("what one store buffers counts for the other, too")
                    .isGreaterThan(before + 500_000)
                    .isEqualTo(first.getLongProperty("rocksdb.block-cache-usage"));
            one.close("devices", ofOne);
            second.put("key".getBytes(), new byte[500]);
        }
        two.close("groups", new Options());
    }
}
