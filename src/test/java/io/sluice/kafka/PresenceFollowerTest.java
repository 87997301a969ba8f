package io.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class PresenceFollowerTest {
    @Test
    void doesNotBeginOnATopicThatItsBrokerDoesNotKnowYet() {
        PresenceFollower follower = new PresenceFollower(new MockConsumer<>("latest"), said -> {});
        assertThatThrownBy(follower::start).isInstanceOf(KafkaException.class);
    }
}
