package io.sluice.ingest;

import io.sluice.presence.PresenceRecord;

/** Tells every instance who is connected where. Thread-safe, never blocks; order per device is kept. */
public interface Announcements {
    void announce(PresenceRecord record);
}
