package io.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of a reading over a real socket onto a real Kafka, with a stock client. */
@QuarkusTest
class IngestEndpointTest {
    @TestHTTPResource
    java.net.URL url;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    MessageLog log;

    @BeforeEach
    void awaitKafka() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(log::isReady);
    }

    @Test
    void acceptsJsonAndAcknowledgesOnceItIsOnKafka() {
        String epoch = epoch();
        try (DeviceClient device = connect("d1", "?epoch=" + epoch + "&next=7", "sluice.v1.senml+json")) {
            assertThat(device.subprotocol()).isEqualTo("sluice.v1.senml+json");
            assertThat(device.nextText())
                    .startsWith("{\"welcome\":{\"device\":\"" + TestDevices.id("d1") + "\",\"session\":\"")
                    .contains("\"epoch\":\"" + epoch + "\",\"next\":7,\"window\":256,\"maxMessageBytes\":65536,"
                            + "\"maxRecords\":1000,\"heartbeatSeconds\":25,\"time\":1");

            device.send("[{\"bn\":\"" + TestDevices.id("d1") + ":\",\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5}]");

            assertThat(device.nextText()).isEqualTo("{\"ack\":7}");
            ConsumerRecord<String, byte[]> record =
                    records("readings", "d1", epoch, 1).get(0);
            assertThat(text(record.value()))
                    .contains("\"n\":\"temperature\"")
                    .contains("\"v\":21.5")
                    .contains("\"t\":");
            assertThat(header(record, "seq")).isEqualTo("7");
            assertThat(header(record, "received")).isEqualTo(Long.toString(record.timestamp()));
            assertThat(record.headers().lastHeader("group")).isNull();
            assertThat(record.headers().lastHeader("epoch-origin")).isNull();
        }
    }

    @Test
    void answersInCborWhereTheSubprotocolSaysSo() {
        try (DeviceClient device = connect("d2", "", "sluice.v1.senml+cbor")) {
            assertThat(text(device.nextBinary())).contains("welcome");
            // [{0: "temperature", 2: 1}]
            device.send(HexFormat.of().parseHex("81a2006b74656d70657261747572650201"));
            assertThat(HexFormat.of().formatHex(device.nextBinary())).isEqualTo("a163" + hex("ack") + "01");
            device.send("[{\"n\":\"temperature\",\"v\":1}]");
            assertThat(HexFormat.of().formatHex(device.nextBinary())).isEqualTo("a163" + hex("ack") + "02");
        }
    }

    @Test
    void rejectsWhatIsNoPackAndKeepsItWithItsReason() {
        String epoch = epoch();
        try (DeviceClient device = connect("d3", "?epoch=" + epoch, null)) {
            device.nextText();
            device.send("[{\"n\":\"a\",\"v\":");
            assertThat(device.nextText()).startsWith("{\"reject\":{\"seq\":1,\"code\":\"malformed\",\"detail\":\"");
            assertThat(device.nextText()).isEqualTo("{\"ack\":1}");
            ConsumerRecord<String, byte[]> letter =
                    records("readings.rejected", "d3", epoch, 1).get(0);
            assertThat(text(letter.value())).isEqualTo("[{\"n\":\"a\",\"v\":");
            assertThat(header(letter, "code")).isEqualTo("malformed");
            assertThat(header(letter, "content-type")).isEqualTo("application/senml+json");
            assertThat(header(letter, "seq")).isEqualTo("1");
        }
    }

    @Test
    void rejectsSingleRecordsAndAcceptsTheOthers() {
        String epoch = epoch();
        try (DeviceClient device = connect("d4", "?epoch=" + epoch, null)) {
            device.nextText();
            device.send("[{\"n\":\"a\",\"v\":1},{\"n\":\"b\",\"v\":2,\"t\":1000000000},{\"n\":\"c\",\"v\":3}]");
            assertThat(device.nextText())
                    .startsWith("{\"reject\":{\"seq\":1,\"code\":\"stale-time\"")
                    .endsWith(",\"records\":[1]}}");
            assertThat(device.nextText()).isEqualTo("{\"ack\":1}");
            assertThat(text(records("readings", "d4", epoch, 1).get(0).value()))
                    .contains("\"n\":\"a\"")
                    .contains("\"n\":\"c\"")
                    .doesNotContain("\"n\":\"b\"");
            ConsumerRecord<String, byte[]> letter =
                    records("readings.rejected", "d4", epoch, 1).get(0);
            assertThat(text(letter.value())).contains("\"n\":\"b\"").doesNotContain("\"n\":\"a\"");
            assertThat(header(letter, "records")).isEqualTo("1");
        }
    }

    @Test
    void answersControlFramesWithoutCountingThem() {
        try (DeviceClient device = connect("d5", "", null)) {
            device.nextText();
            device.send("{\"result\":{}}");
            assertThat(device.nextText()).startsWith("{\"error\":{\"code\":\"unknown-control\"");
            device.send("{\"result\":");
            assertThat(device.nextText()).startsWith("{\"error\":{\"code\":\"malformed-control\"");
            device.send("[{\"bn\":\"base only\"}]");
            assertThat(device.nextText()).isEqualTo("{\"ack\":1}");
        }
    }

    @Test
    void acknowledgesEverythingOfABurstInOrder() {
        String epoch = epoch();
        try (DeviceClient device = connect("d6", "?epoch=" + epoch, null)) {
            device.nextText();
            for (int i = 1; i <= 1_000; i++) {
                device.send("[{\"n\":\"a\",\"v\":" + i + "}]");
            }
            String ack;
            do {
                ack = device.nextText();
                assertThat(ack).startsWith("{\"ack\":");
            } while (!ack.equals("{\"ack\":1000}"));
            List<ConsumerRecord<String, byte[]>> records = records("readings", "d6", epoch, 1_000);
            assertThat(records)
                    .extracting(record -> Integer.parseInt(header(record, "seq")))
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .hasSize(1_000);
        }
    }

    @Test
    void closesWithTheRightCodeAfterAcknowledgingWhatCameBefore() {
        try (DeviceClient device = connect("d7", "", null)) {
            device.nextText();
            device.send("[{\"n\":\"a\",\"v\":1}]");
            device.sendPart("[" + " ".repeat(40_000), false);
            device.startPart(" ".repeat(40_000), true);
            assertThat(device.closeCode()).isEqualTo(1009);
            assertThat(device.texts).containsExactly("{\"ack\":1}");
        }
    }

    @Test
    void assemblesAMessageWhoseFirstFragmentIsEmpty() {
        try (DeviceClient device = connect("d8", "", null)) {
            device.nextText();
            device.sendPart("", false);
            device.sendPart("[{\"n\":\"a\",", false);
            device.sendPart("\"v\":1}]", true);
            assertThat(device.nextText()).isEqualTo("{\"ack\":1}");
        }
    }

    @Test
    void theNewestConnectionWins() {
        try (DeviceClient older = connect("d9", "", null)) {
            older.nextText();
            try (DeviceClient newer = connect("d9", "", null)) {
                newer.nextText();
                assertThat(older.closeCode()).isEqualTo(4509);
                newer.send("[]");
                assertThat(newer.nextText()).contains("malformed");
            }
        }
    }

    @Test
    void tellsOthersWhoIsConnected() {
        String session;
        try (DeviceClient device = connect("d10", "", null)) {
            session = device.welcomed();
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(presence("d10", session))
                        .hasSize(2)
                        .satisfies(
                                connected -> assertThat(connected).contains("\"connected\":true"),
                                org.assertj.core.data.Index.atIndex(0))
                        .satisfies(
                                ended -> assertThat(ended)
                                        .contains("\"connected\":false")
                                        .contains("\"closeCode\":1000"),
                                org.assertj.core.data.Index.atIndex(1)));
    }

    private DeviceClient connect(String device, String query, String subprotocol) {
        return DeviceClient.connect(
                url.getPort(), TestDevices.id(device), TestDevices.token(device), query, subprotocol);
    }

    private static String epoch() {
        return "e" + System.nanoTime();
    }

    private List<String> presence(String device, String session) {
        List<String> values = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : all("presence")) {
            if (TestDevices.id(device).equals(record.key())
                    && text(record.value()).contains(session)) {
                values.add(text(record.value()));
            }
        }
        return values;
    }

    private List<ConsumerRecord<String, byte[]>> records(String topic, String device, String epoch, int expected) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : all(topic)) {
            if (TestDevices.id(device).equals(record.key()) && epoch.equals(header(record, "epoch"))) {
                found.add(record);
            }
        }
        assertThat(found).hasSize(expected);
        return found;
    }

    /** Everything that is on a topic now. */
    private List<ConsumerRecord<String, byte[]>> all(String topic) {
        List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka), new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new org.apache.kafka.common.TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
        }
        return all;
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return text(record.headers().lastHeader(name).value());
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static String hex(String ascii) {
        return HexFormat.of().formatHex(ascii.getBytes(StandardCharsets.US_ASCII));
    }
}
