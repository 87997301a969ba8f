package io.sluice.senml;

import org.jspecify.annotations.Nullable;

/** Base name and name in one, checked as a whole only (RFC 8428 section 4.5.1): a part may be no valid name. */
final class ResolvedName {
    private final byte[] octets = new byte[DecoderLimits.MAX_NAME_OCTETS];
    private int length;

    byte[] octets() {
        return octets;
    }

    int length() {
        return length;
    }

    /** @return what is wrong with it, or null */
    @Nullable
    String join(ShortText base, ShortText name) {
        length = base.length() + name.length();
        if (!base.fits() || !name.fits() || length > octets.length) {
            return "the name is over " + octets.length + " octets";
        }
        if (length == 0) {
            return "no name";
        }
        System.arraycopy(base.octets(), 0, octets, 0, base.length());
        System.arraycopy(name.octets(), 0, octets, base.length(), name.length());
        if (!isAlphanumeric(octets[0])) {
            return "the name does not start with a letter or digit";
        }
        for (int i = 1; i < length; i++) {
            byte c = octets[i];
            if (!isAlphanumeric(c) && c != '-' && c != ':' && c != '.' && c != '/' && c != '_') {
                return "the name has a character that names may not have";
            }
        }
        return null;
    }

    private static boolean isAlphanumeric(byte c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
