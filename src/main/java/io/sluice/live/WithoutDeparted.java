package io.sluice.live;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Leaves out what comes of devices that are gone. */
final class WithoutDeparted implements Intake {
    /** Whose record it is, by its key. */
    @FunctionalInterface
    interface Owner {
        /** @throws IllegalArgumentException if it is no key of that topic */
        String of(byte[] key);

        /** Of topics whose key is the device. */
        Owner KEY = key -> new String(key, StandardCharsets.UTF_8);
    }

    private final Intake intake;
    private final Owner owner;
    private final Departed departed;

    WithoutDeparted(Intake intake, Owner owner, Departed departed) {
        this.intake = intake;
        this.owner = owner;
        this.departed = departed;
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || !departed.isGone(owner.of(record.key()))) {
            intake.take(record);
        }
    }

    @Override
    public void caughtUp() {
        intake.caughtUp();
    }
}
