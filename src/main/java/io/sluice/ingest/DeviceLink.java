package io.sluice.ingest;

import io.sluice.registry.Admission;
import io.sluice.registry.Directory;
import io.sluice.registry.DirectoryEntry;
import java.util.Objects;

/** Who is connected, under which numbering: what the handshake found out, kept up to date from the directory. */
final class DeviceLink {
    private final Directory directory;
    private final DeviceMemory memory;
    private final long ordinal;
    private final String session;
    private final String epoch;
    private final boolean epochMade;
    private final long next;
    private final DeviceMemory.Progress progress;
    private final long repeatedUpTo;
    private final long token;
    private final long endsAt;
    private DirectoryEntry entry;
    private Origin origin;

    /** @param ordinal of the handshake, in the order in which this process has let them pass */
    DeviceLink(
            Directory directory,
            Admission.Admitted admitted,
            DeviceMemory memory,
            long ordinal,
            String session,
            String epoch,
            boolean epochMade,
            long next) {
        this.directory = directory;
        this.entry = admitted.entry();
        this.token = admitted.token();
        this.endsAt = admitted.endsAt();
        this.memory = memory;
        this.ordinal = ordinal;
        this.session = session;
        this.epoch = epoch;
        this.epochMade = epochMade;
        this.next = next;
        this.progress = memory.progress(epoch);
        this.repeatedUpTo = progress.highest();
        this.origin = origin(entry);
    }

    String device() {
        return entry.device();
    }

    boolean isNewerThan(DeviceLink other) {
        return ordinal > other.ordinal;
    }

    String session() {
        return session;
    }

    String epoch() {
        return epoch;
    }

    /** The number of the first message. */
    long next() {
        return next;
    }

    DeviceMemory memory() {
        return memory;
    }

    Origin origin() {
        return origin;
    }

    /** Which credential opened the connection, in the registry's terms. */
    long token() {
        return token;
    }

    /** When the credential ends that opened the connection, where the directory does not tell; ms since 1970. */
    long endsAt() {
        return endsAt;
    }

    DirectoryEntry entry() {
        return entry;
    }

    /** The device as the directory has it now; as it was where it has been deleted since. */
    DirectoryEntry refresh() {
        DirectoryEntry now = directory.find(entry.device());
        if (now != null && now != entry) {
            boolean moved = !Objects.equals(now.group(), entry.group());
            entry = now;
            if (moved) {
                origin = origin(now);
            }
        }
        return entry;
    }

    /** Whether an earlier connection already brought this number. */
    boolean isRepeated(long seq) {
        return seq <= repeatedUpTo;
    }

    void taken(long seq) {
        progress.taken(seq);
    }

    private Origin origin(DirectoryEntry device) {
        return new Origin(device.device(), device.group(), epoch, epochMade, session);
    }
}
