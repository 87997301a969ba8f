package io.sluice.ledger;

import io.sluice.local.TopicReader;
import io.sluice.presence.PresenceCodec;
import io.sluice.presence.PresenceRecord;
import io.sluice.presence.PresenceRecord.Connected;
import io.sluice.presence.PresenceRecord.Disconnected;
import io.sluice.presence.PresenceRecord.Lease;
import io.sluice.presence.PresenceRecord.Remains;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The topic {@code presence}, read on at every question. A device's records are in their order. */
final class PresenceTopic implements AutoCloseable {
    private final TopicReader reader;
    private final List<PresenceRecord> records = new ArrayList<>();
    private final Map<String, PresenceRecord> newest = new HashMap<>();

    PresenceTopic(String brokerAddress) {
        reader = new TopicReader(brokerAddress, "presence");
    }

    private <T extends PresenceRecord> List<T> read(Class<T> kind) {
        reader.readToEnd(each -> {
            PresenceRecord record = Objects.requireNonNull(PresenceCodec.decode(each.value()));
            records.add(record);
            newest.put(record.key(), record);
        });
        return records.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Sessions of the device in the order of their announcements. */
    List<String> announced(String device) {
        return read(Connected.class).stream()
                .filter(each -> each.device().equals(device))
                .map(Connected::session)
                .toList();
    }

    List<Disconnected> ends(String session) {
        return read(Disconnected.class).stream()
                .filter(each -> each.session().equals(session))
                .toList();
    }

    /** All that is said of a device, in order. */
    List<PresenceRecord> of(String device) {
        return read(PresenceRecord.class).stream()
                .filter(each -> each.key().equals(device))
                .toList();
    }

    /** Which session has the device, by the last word on it: what compaction keeps. */
    Optional<String> connectedAtLast(String device) {
        read(PresenceRecord.class);
        PresenceRecord last = newest.get(device);
        if (last instanceof Connected connected) {
            return Optional.of(connected.session());
        }
        return last instanceof Remains remains ? Optional.of(remains.session()) : Optional.empty();
    }

    /** Of the instance that has that session, in order. */
    List<Lease> leases(String session) {
        String instance = session.substring(0, session.lastIndexOf('-'));
        return read(Lease.class).stream()
                .filter(each -> each.instance().equals(instance))
                .toList();
    }

    @Override
    public void close() {
        reader.close();
    }
}
