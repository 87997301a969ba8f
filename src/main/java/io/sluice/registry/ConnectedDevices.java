package io.sluice.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected now, and was, on any instance. A port that the room {@code presence} fills; where no bean does, the device list
 * has no {@code connected}.
 */
public interface ConnectedDevices {
    boolean isConnected(String device);

    /** A few of its connections, the newest first; null while they are not known here. */
    @Nullable
    List<Connection> newest(String device);

    /**
     * @param sinceMs ms since 1970; null where its beginning is not known
     * @param untilMs null while it is open, or where its end was not told: the instance that held it has died
     * @param closeCode null like the end; 1006 for one without a close frame
     */
    record Connection(
            @Nullable Long sinceMs,
            @Nullable Long untilMs,
            @Nullable Integer closeCode) {}
}
