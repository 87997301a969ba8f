package io.sluice.rollup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The message numbers of one device that were counted already (device protocol section 4), per epoch: the newest
 * {@value #MAX_EPOCHS} epochs, each for 8 days after its last use, longer than the oldest reading that is accepted. An
 * epoch that the server made up and nobody has come back with lives an hour, and gives way first when there are too
 * many: a device that posts without an epoch makes one per request, and must not push out the one it numbers by.
 *
 * <p>Time is the device's arrival time as the log tells it, never the wall clock, so that a replay decides the same.
 *
 * <p>Its bytes: 1 how many epochs; each, the last used first: 1 length of its name, the name in ASCII, 1 whether the
 * server made it (1) or not (0), 8 last use in ms, then {@link SeenNumbers}.
 *
 * <p>Not thread-safe.
 */
final class Deduplication {
    static final int MAX_EPOCHS = 8;
    static final long LIFE = 8L * 24 * 3_600_000;
    static final long LIFE_SERVER_MADE = 3_600_000;

    private final List<Epoch> lastUsedFirst = new ArrayList<>(1);

    /**
     * Whether the message is new, that is to be counted; afterwards it is not.
     *
     * @param arrival ms; the greatest of the device so far
     * @param serverMade whether the server made this epoch up and the device has not come back with it
     */
    boolean isNew(String epoch, long number, long arrival, boolean serverMade) {
        lastUsedFirst.removeIf(each -> each.isOver(arrival));
        for (int i = 0; i < lastUsedFirst.size(); i++) {
            Epoch known = lastUsedFirst.get(i);
            if (known.name.equals(epoch)) {
                known.lastUse = arrival;
                known.serverMade &= serverMade;
                if (i > 0) {
                    lastUsedFirst.add(0, lastUsedFirst.remove(i));
                }
                return known.numbers.add(number);
            }
        }
        if (lastUsedFirst.size() == MAX_EPOCHS) {
            lastUsedFirst.remove(leastNeeded());
        }
        lastUsedFirst.add(0, new Epoch(epoch, serverMade, arrival, new SeenNumbers(number)));
        return true;
    }

    private int leastNeeded() {
        for (int i = lastUsedFirst.size() - 1; i >= 0; i--) {
            if (lastUsedFirst.get(i).serverMade) {
                return i;
            }
        }
        return lastUsedFirst.size() - 1;
    }

    int epochs() {
        return lastUsedFirst.size();
    }

    static int maxBytes() {
        return 1 + MAX_EPOCHS * (1 + 255 + 1 + 8 + SeenNumbers.MAX_BYTES);
    }

    void write(ByteBuffer to) {
        to.put((byte) lastUsedFirst.size());
        for (Epoch epoch : lastUsedFirst) {
            byte[] name = epoch.name.getBytes(StandardCharsets.ISO_8859_1);
            to.put((byte) name.length).put(name).put((byte) (epoch.serverMade ? 1 : 0));
            to.putLong(epoch.lastUse);
            epoch.numbers.write(to);
        }
    }

    static Deduplication read(ByteBuffer from) {
        Deduplication read = new Deduplication();
        int epochs = from.get();
        for (int i = 0; i < epochs; i++) {
            byte[] name = new byte[from.get() & 0xff];
            from.get(name);
            boolean serverMade = from.get() == 1;
            long lastUse = from.getLong();
            read.lastUsedFirst.add(new Epoch(
                    new String(name, StandardCharsets.ISO_8859_1), serverMade, lastUse, SeenNumbers.read(from)));
        }
        return read;
    }

    private static final class Epoch {
        private final String name;
        private final SeenNumbers numbers;
        private boolean serverMade;
        private long lastUse;

        Epoch(String name, boolean serverMade, long lastUse, SeenNumbers numbers) {
            this.name = name;
            this.serverMade = serverMade;
            this.lastUse = lastUse;
            this.numbers = numbers;
        }

        boolean isOver(long now) {
            return now - lastUse >= (serverMade ? LIFE_SERVER_MADE : LIFE);
        }
    }
}
