package io.sluice.ingest;

import io.sluice.presence.PresenceRecord;
import io.sluice.protocol.CloseCode;
import jakarta.inject.Singleton;

/**
 * Newest wins across instances, in the order of the announcements on the log: a connection of this process is closed when
 * another's announcement follows its own. An announcement before its own is an older connection's, however late it is read.
 */
@Singleton
public class Takeovers {
    private final Connections connections;

    Takeovers(Connections connections) {
        this.connections = connections;
    }

    /** To be called with every announcement, in the log's order, from one thread. */
    public void announced(PresenceRecord.Connected announcement) {
        DeviceConnection here = connections.find(announcement.device());
        if (here == null) {
            return;
        }
        if (here.sessionId().equals(announcement.session())) {
            here.announcementSeen();
        } else if (here.isAnnounced() && !here.isOfInstance(announcement.instance())) {
            // Between its own connections this process has decided already.
            here.close(CloseCode.TAKEN_OVER);
        }
    }
}
