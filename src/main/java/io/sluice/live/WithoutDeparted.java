package io.sluice.live;

import io.sluice.rollup.RollupKey;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Leaves out what comes of devices that are gone. */
final class WithoutDeparted implements Intake {
    /** Whose record it is, by its key. */
    @FunctionalInterface
    interface Owner {
        /**
         * Null where it is no device's: a group may have a device's name.
         *
         * @throws IllegalArgumentException if it is no key of that topic
         */
        @Nullable
        String of(byte[] key);

        /** Of topics whose key is the device. */
        Owner KEY = key -> new String(key, StandardCharsets.UTF_8);

        /** Of the topic {@code rollups}. */
        Owner ROLLUP = bytes -> {
            RollupKey key = RollupKey.fromBytes(bytes);
            return key.kind() == RollupKey.Kind.DEVICE ? key.id() : null;
        };
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
        if (!isOfDeparted(record.key())) {
            intake.take(record);
        }
    }

    /** A key is read only when somebody has departed: rollups come by the ten thousand a second. */
    private boolean isOfDeparted(byte @Nullable [] key) {
        if (key == null || departed.isEmpty()) {
            return false;
        }
        String device = owner.of(key);
        return device != null && departed.isGone(device);
    }

    @Override
    public void caughtUp() {
        intake.caughtUp();
    }
}
