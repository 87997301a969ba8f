package io.sluice.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.local.LocalServers;
import io.sluice.local.ServerProcess;
import io.sluice.rollup.RollupItem;
import io.sluice.rollup.RollupJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recovery from a real broker: what was missed and all of it, or nothing. */
@Tag("slow")
class KafkaRereaderTest {
    private static final int PARTITIONS = 2;
    private static final Filter PUMP = new Filter(Set.of("pump"), null, null, "1s");

    @TempDir
    static Path folder;

    private static ServerProcess broker;
    private Admin admin;
    private RollupTopic rollups;
    private long tag;

    @BeforeAll
    static void startBroker() {
        broker = new LocalServers(folder.resolve("servers")).startBroker(0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void makeTopicAnew() throws Exception {
        admin = Admin.create(Map.of("bootstrap.servers", broker.address()));
        if (admin.listTopics().names().get().contains("rollups")) {
            admin.deleteTopics(List.of("rollups")).all().get();
        }
        NewTopic topic = new NewTopic("rollups", PARTITIONS, (short) 1);
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            tag = ClientSettings.tag(
                    admin.createTopics(List.of(topic)).topicId("rollups").get());
            return true;
        });
        rollups = new RollupTopic(broker.address());
    }

    @AfterEach
    void close() {
        rollups.close();
        admin.close();
    }

    private static Rereader rereader(String... settings) {
        return kafka(broker.address(), settings).of(Channel.ROLLUPS);
    }

    private static KafkaRereader kafka(String address, String... settings) {
        return new KafkaRereader(
                LiveConfigs.with(settings), new ClientSettings(Map.of("bootstrap.servers", address)), new Departed());
    }

    private Position position(long... next) {
        return new Position(Channel.ROLLUPS, tag, next);
    }

    /** What was missed, when it is over; null where it was given up. */
    private static @Nullable Board over(Reread reread) {
        await().atMost(Duration.ofSeconds(20)).until(reread::isOver);
        return reread.missed();
    }

    private static List<String> items(Board board) {
        return board.latestFirst(Filter.all(), 100_000).stream()
                .map(item -> new String(item.json(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void allThatCameSinceThePositionIsFoundOfEachKeyTheNewest() throws Exception {
        long seed = 20_261_125;
        Random random = new Random(seed);
        List<RollupItem> written = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            String device = random.nextInt(3) == 0 ? "pump" : "other-" + random.nextInt(20);
            written.add(RollupTopic.item(device, random.nextInt(400) * 1_000L, i, random.nextBoolean()));
        }
        List<RecordMetadata> places = rollups.write(written);
        long[] next = new long[PARTITIONS];
        places.subList(0, 1_500).forEach(place -> next[place.partition()] = place.offset() + 1);
        Map<Long, String> expected = new LinkedHashMap<>();
        for (int i = 0; i < written.size(); i++) {
            RollupItem item = written.get(i);
            RecordMetadata place = places.get(i);
            if ("pump".equals(item.device()) && place.offset() >= next[place.partition()]) {
                expected.put(item.start(), new String(RollupJson.encode(item), StandardCharsets.UTF_8));
            }
        }
        Board missed = over(rereader().begin(position(next), PUMP));
        assertThat(missed).as("seed %d", seed).isNotNull();
        assertThat(items(missed)).containsExactlyInAnyOrderElementsOf(expected.values());
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int of = partition;
            long end = places.stream().filter(place -> place.partition() == of).count();
            assertThat(missed.nextOffset(partition)).isEqualTo(end);
        }
    }

    @Test
    void anEndThatWasReachedBeforeGivesNothingAndIsARecovery() throws Exception {
        List<RecordMetadata> places = rollups.write(List.of(RollupTopic.item("pump", 0, 1, true)));
        long[] next = new long[PARTITIONS];
        next[places.get(0).partition()] = 1;
        Board missed = over(rereader().begin(position(next), PUMP));
        assertThat(missed).isNotNull();
        assertThat(missed.size()).isZero();
    }

    @Test
    void anotherTopicAPositionBeyondTheEndAndDeletedRecordsAreGivenUp() throws Exception {
        List<RecordMetadata> places =
                rollups.write(List.of(RollupTopic.item("pump", 0, 1, true), RollupTopic.item("pump", 0, 2, true)));
        int partition = places.get(0).partition();
        Rereader rereader = rereader();
        assertThat(over(rereader.begin(position(0, 0), PUMP))).isNotNull();
        assertThat(over(rereader.begin(new Position(Channel.ROLLUPS, tag + 1, new long[PARTITIONS]), PUMP)))
                .isNull();
        assertThat(over(rereader.begin(position(0, 0, 0), PUMP))).isNull();
        long[] beyond = new long[PARTITIONS];
        beyond[partition] = 3;
        assertThat(over(rereader.begin(position(beyond), PUMP))).isNull();
        admin.deleteRecords(Map.of(new TopicPartition("rollups", partition), RecordsToDelete.beforeOffset(1)))
                .all()
                .get();
        assertThat(over(rereader.begin(position(0, 0), PUMP))).isNull();
        long[] left = new long[PARTITIONS];
        left[partition] = 1;
        assertThat(over(rereader.begin(position(left), PUMP))).isNotNull();
    }

    @Test
    void everyBoundIsAnEnd() throws Exception {
        List<RollupItem> written = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            written.add(RollupTopic.item("pump", i, i, true));
        }
        rollups.write(written);
        Position origin = position(0, 0);
        assertThat(over(rereader("reread-records", "100").begin(origin, PUMP))).isNotNull();
        assertThat(over(rereader("reread-records", "99").begin(origin, PUMP))).isNull();
        assertThat(over(rereader("reread-items", "100").begin(origin, PUMP))).isNotNull();
        assertThat(over(rereader("reread-items", "99").begin(origin, PUMP))).isNull();
        Filter other = new Filter(Set.of("other"), null, null, "1s");
        assertThat(over(rereader("reread-items", "1").begin(origin, other)))
                .as("of the filter")
                .isNotNull();

        KafkaRereader one = kafka(broker.address(), "max-rereads", "1");
        Reread first = one.of(Channel.ROLLUPS).begin(origin, PUMP);
        Reread second = one.of(Channel.ROLLUPS).begin(origin, PUMP);
        assertThat(second.isOver()).isTrue();
        assertThat(second.missed()).isNull();
        assertThat(over(first)).isNotNull();
        assertThat(one.givenUp()).isEqualTo(1);
        assertThat(one.recovered()).isEqualTo(1);
        assertThat(over(one.of(Channel.ROLLUPS).begin(origin, PUMP)))
                .as("what was found is not sent yet")
                .isNull();
        first.letGo();
        // Its thread may have to end first.
        await().atMost(Duration.ofSeconds(10))
                .until(() -> over(one.of(Channel.ROLLUPS).begin(origin, PUMP)) != null);
        one.stop();
        assertThat(over(one.of(Channel.ROLLUPS).begin(origin, PUMP))).isNull();
        assertThat(over(one.of(Channel.DEVICES).begin(origin, PUMP))).isNull();
    }

    @Test
    void abandonedOnesEndAndAnAbsentBrokerHoldsNobodyUp() throws Exception {
        rollups.write(List.of(RollupTopic.item("pump", 0, 1, true)));
        Reread left = rereader().begin(position(0, 0), PUMP);
        left.letGo();
        assertThat(over(left)).isNull();
        KafkaRereader absent = kafka("127.0.0.1:1", "reread-timeout", "PT0.5S");
        long begun = System.nanoTime();
        assertThat(over(absent.of(Channel.ROLLUPS).begin(position(0, 0), PUMP))).isNull();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }
}
