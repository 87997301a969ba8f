package io.sluice.registry;

/**
 * Who is connected now, on any instance. A port that the room {@code presence} fills; where no bean does, the device list
 * has no {@code connected}.
 */
public interface ConnectedDevices {
    boolean isConnected(String device);
}
