package io.sluice.sim.firmware;

/** A data message from its making to its acknowledgement. Belongs to one device, hence to one thread. */
public final class Message {
    private final byte[] body;
    private final boolean text;
    private final int records;
    private int sendings;
    private long sentAtNanos;
    private int rejectedRecords;

    /** @param records how many records the pack holds */
    public Message(byte[] body, boolean text, int records) {
        this.body = body;
        this.text = text;
        this.records = records;
    }

    /** Not a copy; nobody changes it. */
    public byte[] body() {
        return body;
    }

    public boolean text() {
        return text;
    }

    public int records() {
        return records;
    }

    /** How many of its records the server rejected since it was last sent. */
    public int rejectedRecords() {
        return rejectedRecords;
    }

    /** How often it was sent. */
    public int sendings() {
        return sendings;
    }

    boolean wasSent() {
        return sendings > 0;
    }

    /** A resend is judged anew (device protocol section 4), so what was rejected before no longer counts. */
    void sent(long nanos) {
        sendings++;
        sentAtNanos = nanos;
        rejectedRecords = 0;
    }

    long sentAtNanos() {
        return sentAtNanos;
    }

    void rejected(int count) {
        rejectedRecords = Math.min(records, rejectedRecords + count);
    }
}
