package io.sluice.kafka;

/** The topics of Sluice. What is in a record of each stands in {@code docs/kafka-topics.md}. */
public enum Topic {
    READINGS("readings"),
    REJECTED("readings.rejected"),
    PRESENCE("presence"),
    ROLLUPS("rollups"),
    HISTORY("rollups.history");

    private final String topicName;

    Topic(String topicName) {
        this.topicName = topicName;
    }

    public String topicName() {
        return topicName;
    }
}
