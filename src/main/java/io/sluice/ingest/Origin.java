package io.sluice.ingest;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where a connection's entries come from: the same for all of them, so its octets are made once. */
public final class Origin {
    private final String device;
    private final byte[] deviceUtf8;
    private final byte[] epochUtf8;
    private final byte[] sessionUtf8;
    private final byte @Nullable [] groupUtf8;
    private final boolean epochMade;

    /**
     * @param group at arrival; a reading belongs to it for ever
     * @param epochMade whether the server made the epoch up
     */
    public Origin(String device, @Nullable String group, String epoch, boolean epochMade, String session) {
        this.device = device;
        this.deviceUtf8 = device.getBytes(StandardCharsets.UTF_8);
        this.epochUtf8 = epoch.getBytes(StandardCharsets.UTF_8);
        this.sessionUtf8 = session.getBytes(StandardCharsets.UTF_8);
        this.groupUtf8 = group == null ? null : group.getBytes(StandardCharsets.UTF_8);
        this.epochMade = epochMade;
    }

    public String device() {
        return device;
    }

    public byte[] deviceUtf8() {
        return deviceUtf8;
    }

    public byte[] epochUtf8() {
        return epochUtf8;
    }

    public byte[] sessionUtf8() {
        return sessionUtf8;
    }

    public byte @Nullable [] groupUtf8() {
        return groupUtf8;
    }

    public boolean epochMade() {
        return epochMade;
    }
}
