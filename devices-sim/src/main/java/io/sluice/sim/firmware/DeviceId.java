package io.sluice.sim.firmware;

/** The grammar of device ids, group and profile names (device protocol section 1). */
public final class DeviceId {
    private static final int MAX_LENGTH = 64;

    private DeviceId() {}

    public static boolean isValid(String id) {
        return id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    }

    /**
     * The nearest valid id: other characters become {@code -}, those before the first alphanumeric are left out, the end
     * is cut.
     *
     * @throws IllegalArgumentException where nothing alphanumeric is in it
     */
    public static String from(String text) {
        String id = text.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' has nothing that a device id may begin with");
        }
        return id.substring(0, Math.min(MAX_LENGTH, id.length()));
    }
}
