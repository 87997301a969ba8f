package io.sluice.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** Every topic as it is created. */
record TopicPlan(TopicsConfig topics, RetentionConfig retention) {
    List<NewTopic> newTopics() {
        List<NewTopic> plan = new ArrayList<>();
        plan.add(topic(Topic.READINGS, capped(kept(retention.readings()))));
        plan.add(topic(Topic.REJECTED, capped(kept(retention.rejected()))));
        plan.add(topic(Topic.PRESENCE, Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
        Map<String, String> rollups = kept(topics.rollupRetention());
        rollups.put(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE);
        plan.add(topic(Topic.ROLLUPS, rollups));
        plan.add(topic(Topic.HISTORY, kept(topics.historyRetention())));
        return plan;
    }

    private NewTopic topic(Topic topic, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(Math.max(1, topics.replication() - 1)));
        return new NewTopic(topic.topicName(), topics.partitions(), topics.replication()).configs(all);
    }

    private static Map<String, String> kept(Duration time) {
        Map<String, String> settings = new HashMap<>();
        settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(time.toMillis()));
        return settings;
    }

    private Map<String, String> capped(Map<String, String> settings) {
        retention
                .partitionBytes()
                .ifPresent(bytes -> settings.put(TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(bytes)));
        return settings;
    }
}
