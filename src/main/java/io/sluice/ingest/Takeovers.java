package io.sluice.ingest;

import io.sluice.presence.PresenceRecord;
import io.sluice.protocol.CloseCode;
import jakarta.inject.Singleton;

/**
 * Newest wins across instances, in the order of the announcements on the log: a connection of this process is closed when
 * another's announcement follows its own. An announcement before its own is an older connection's, however late it is read.
 *
 * <p>Whatever else is said of a device after its connection's announcement is said of an older one, and the connection says
 * once more that it is there: the topic is compacted to the last word on each device.
 */
@Singleton
public class Takeovers {
    private final Connections connections;

    Takeovers(Connections connections) {
        this.connections = connections;
    }

    /** To be called with every record, in the log's order, from one thread. */
    public void read(PresenceRecord record) {
        if (record instanceof PresenceRecord.Connected announcement) {
            announced(announcement.device(), announcement.session());
        } else if (record instanceof PresenceRecord.Disconnected end) {
            saidOfAnother(end.device(), end.session());
        } else if (record instanceof PresenceRecord.Remains other) {
            saidOfAnother(other.device(), other.session());
        }
    }

    private void announced(String device, String session) {
        DeviceConnection here = connections.findOpened(device);
        if (here == null) {
            return;
        }
        if (here.sessionId().equals(session)) {
            here.announcementSeen();
        } else if (here.isAnnounced()) {
            here.close(CloseCode.TAKEN_OVER);
        }
    }

    private void saidOfAnother(String device, String session) {
        DeviceConnection here = connections.findOpened(device);
        if (here != null && here.isAnnounced() && !here.sessionId().equals(session)) {
            here.remain();
        }
    }
}
