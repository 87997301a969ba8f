package io.sluice.live;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A board that is fed as a follower would: offsets rise by one per record and partition. */
final class BoardFixture {
    final Board board;
    final int partitions;
    private final Map<Integer, Long> next = new HashMap<>();
    long time = 1_000_000;
    long arrived = Item.NO_NEWS;

    BoardFixture(Board board, int partitions) {
        this.board = board;
        this.partitions = partitions;
        board.begin(42, new long[partitions]);
    }

    static BoardFixture rollups() {
        return rollups(new BoardLimits(1_000, 1_000, 0, true, Long.MAX_VALUE));
    }

    static BoardFixture rollups(BoardLimits limits) {
        BoardFixture fixture = new BoardFixture(new Board(Channel.ROLLUPS, limits), 2);
        fixture.board.caughtUp();
        return fixture;
    }

    void put(String device, String metric, long start, boolean isFinal, String json) {
        SeriesKey key = device.startsWith("group:")
                ? new SeriesKey(null, device.substring(6), metric, "", "1s")
                : new SeriesKey(device, null, metric, "", "1s");
        int partition = Math.floorMod(device.hashCode(), partitions);
        long offset = next.merge(partition, 1L, Long::sum) - 1;
        board.put(key, start, isFinal, json.getBytes(StandardCharsets.UTF_8), partition, offset, time, arrived);
        board.readUpTo(partition, offset + 1);
    }

    void put(String device, long start, String json) {
        put(device, "t", start, false, json);
    }

    void putFinal(String device, long start, String json) {
        put(device, "t", start, true, json);
    }
}
