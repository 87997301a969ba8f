package io.sluice.live;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns a topic's records into items on a board. Called by its follower's thread alone. */
interface Intake {
    /** @throws IllegalArgumentException if the record is not understood; it is then left out */
    void take(ConsumerRecord<byte[], byte[]> record);

    /** What was on the topic when reading began has been taken. */
    default void caughtUp() {}
}
