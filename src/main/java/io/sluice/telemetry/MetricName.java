package io.sluice.telemetry;

/** From a resolved SenML name to a metric (device protocol section 3). */
public final class MetricName {
    private static final String URN = "urn:dev:";

    private MetricName() {}

    /**
     * The name less the device's own prefix ({@code <id>:}, {@code <id>/} or {@code urn:dev:…:<id>:}), removed once;
     * the full name where the rest would be empty or no valid SenML name. Allocates only where a prefix is removed.
     */
    public static String strip(String device, String resolvedName) {
        int prefix = prefixLength(device, resolvedName);
        return prefix > 0 && isValid(resolvedName, prefix) ? resolvedName.substring(prefix) : resolvedName;
    }

    /** Whether it is a SenML name (RFC 8428 section 4.5.1). Its length is the decoder's affair. */
    public static boolean isValid(String name) {
        return isValid(name, 0);
    }

    private static int prefixLength(String device, String name) {
        int id = device.length();
        if (name.startsWith(device) && name.length() > id && (name.charAt(id) == ':' || name.charAt(id) == '/')) {
            return id + 1;
        }
        if (!name.startsWith(URN)) {
            return 0;
        }
        // Something must stand between "urn:dev:" and the id, so the colon before the id is not the one of the URN.
        int colon = name.indexOf(':', URN.length() + 1);
        while (colon >= 0) {
            int end = colon + 1 + id;
            if (end < name.length() && name.charAt(end) == ':' && name.startsWith(device, colon + 1)) {
                return end + 1;
            }
            colon = name.indexOf(':', colon + 1);
        }
        return 0;
    }

    private static boolean isValid(String name, int from) {
        if (from >= name.length() || !isAlphanumeric(name.charAt(from))) {
            return false;
        }
        for (int i = from + 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isAlphanumeric(c) && c != '-' && c != ':' && c != '.' && c != '/' && c != '_') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
