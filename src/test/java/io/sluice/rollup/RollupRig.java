package io.sluice.rollup;

import io.sluice.presence.PresenceCodec;
import io.sluice.presence.PresenceRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * The topology on Kafka's own test driver: windows of 1 s, 10 s and 1 min, a grace of 10 s. Time stands still unless a
 * test moves it. All devices share one partition.
 */
final class RollupRig implements AutoCloseable, Interims {
    /** Where the wall clock starts; a full minute. */
    static final long T0 = 1_763_632_800_000L;

    final RollupCounters counters = new RollupCounters();
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> readings;
    private final TestOutputTopic<byte[], byte[]> rollups;
    private final TestOutputTopic<byte[], byte[]> history;
    private final TestOutputTopic<byte[], byte[]> presence;
    private final TestOutputTopic<byte[], byte[]> changelog;
    private final Map<String, Long> numbers = new LinkedHashMap<>();
    private final Map<String, @Nullable String> groupOf = new LinkedHashMap<>();
    private final List<Out> out = new ArrayList<>();
    private long piped;
    private long unread;
    private boolean brokerAnswers = true;
    private long now = T0;

    /** A rollup as it came out. */
    record Out(RollupKey key, RollupItem item, long arrived, long timestamp) {}

    RollupRig(Path state) {
        this(state, new GroupPlan(7 * 24 * 3_600_000L, 20_000, 5_000));
    }

    RollupRig(Path state, GroupPlan groups) {
        RollupPlan plan = new RollupPlan(
                List.of(Window.parse("1s"), Window.parse("10s"), Window.parse("1m")),
                10_000,
                10_000,
                1_000,
                Set.of(Window.parse("1m")));
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "rig");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver = new TopologyTestDriver(
                new RollupTopology(plan, groups, 100, partition -> mark(), this::settledUntil, counters, this)
                        .build(LinePack::new, Stores::inMemoryKeyValueStore),
                settings,
                Instant.ofEpochMilli(T0));
        readings = driver.createInputTopic("readings", new ByteArraySerializer(), new ByteArraySerializer());
        rollups = driver.createOutputTopic("rollups", new ByteArrayDeserializer(), new ByteArrayDeserializer());
        history = driver.createOutputTopic("rollups.history", new ByteArrayDeserializer(), new ByteArrayDeserializer());
        presence = driver.createOutputTopic("presence", new ByteArrayDeserializer(), new ByteArrayDeserializer());
        changelog = driver.createOutputTopic(
                "rig-devices-changelog", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private InputEnd.Mark mark() {
        return brokerAnswers ? new InputEnd.Mark(now, 0, piped + unread) : null;
    }

    /** The driver lets the group stage read at once what the device stage has committed. */
    private long settledUntil() {
        InputEnd.Mark mark = mark();
        return mark != null && mark.isReachedBy(piped) ? mark.askedAt() : GroupTime.UNKNOWN;
    }

    /** So many records are on the partition that the task has not read. */
    void unread(long records) {
        unread = records;
    }

    void brokerAnswers(boolean answers) {
        brokerAnswers = answers;
    }

    /** Times in ms after {@link #T0}. */
    void number(String device, String metric, long arrival, long time, double value) {
        pack(device, arrival, line(metric, "NUMBER", time, Double.toString(value)));
    }

    static String line(String metric, String type, long time, String value) {
        return metric + " - " + type + ' ' + (T0 + time) + ' ' + value;
    }

    void pack(String device, long arrival, String... lines) {
        long number = numbers.merge(device, 1L, Long::sum);
        send(device, arrival, "e", Long.toString(number), String.join("\n", lines));
    }

    void send(String device, long arrival, String epoch, String seq, String content) {
        Headers headers = new RecordHeaders().add("epoch", bytes(epoch)).add("seq", bytes(seq));
        String group = groupOf.get(device);
        if (group != null) {
            headers.add("group", bytes(group));
        }
        piped++;
        readings.pipeInput(
                new TestRecord<>(bytes(device), bytes(content), headers, Instant.ofEpochMilli(T0 + arrival)));
        driver.advanceWallClockTime(interval());
    }

    @Override
    public Duration interval() {
        return Duration.ofMillis(1);
    }

    @Override
    public Duration trust() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void send(RollupKey key, RollupItem item, long arrived, long timestamp) {
        takeFinals();
        out.add(new Out(key, item, arrived, timestamp));
    }

    @Override
    public void settle() {
        // nothing is on its way
    }

    /** From its next message on; null for none. */
    void belongs(String device, @Nullable String group) {
        groupOf.put(device, group);
    }

    @Nullable
    String groupOf(String device) {
        return groupOf.get(device);
    }

    /** Moves the wall clock on, second by second as the punctuator sees it. */
    void pass(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            now += 1_000;
            driver.advanceWallClockTime(Duration.ofSeconds(1));
        }
    }

    List<Out> out() {
        takeFinals();
        List<Out> taken = List.copyOf(out);
        out.clear();
        return taken;
    }

    private void takeFinals() {
        for (TestRecord<byte[], byte[]> each : rollups.readRecordsToList()) {
            String arrived = new String(each.headers().lastHeader("arrived").value(), StandardCharsets.UTF_8);
            out.add(new Out(
                    RollupKey.fromBytes(each.key()),
                    RollupJson.decode(each.value()),
                    Long.parseLong(arrived),
                    each.timestamp()));
        }
    }

    /** The last final value of each key, as {@code device metric window@seconds}. */
    Map<String, RollupItem> finals() {
        Map<String, RollupItem> finals = new LinkedHashMap<>();
        for (Out each : out()) {
            if (each.item().isFinal()) {
                finals.put(name(each.key()), each.item());
            }
        }
        return finals;
    }

    static String name(RollupKey key) {
        return key.id() + ' ' + key.metric() + ' ' + key.window() + '@' + (key.start() - T0) / 1_000;
    }

    /** What went to the history, oldest first. */
    List<TestRecord<byte[], byte[]>> history() {
        return history.readRecordsToList();
    }

    /** What was told on {@code presence}, oldest first; null for a key to be forgotten. */
    List<KeyValue<String, PresenceRecord>> presence() {
        return presence.readRecordsToList().stream()
                .map(each -> KeyValue.pair(
                        new String(each.key(), StandardCharsets.UTF_8), PresenceCodec.decode(each.value())))
                .toList();
    }

    int changelogRecords() {
        return changelog.readRecordsToList().size();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        driver.close();
    }
}
