package io.sluice.telemetry;

/** The grammar that device ids, group names, profile names and epochs share (device protocol section 1). */
public final class Identifier {
    public static final int MAX_LENGTH = 64;

    private Identifier() {}

    /** Whether it is 1-64 of {@code A-Z a-z 0-9 . _ -}, the first alphanumeric. */
    public static boolean isValid(CharSequence text) {
        return isMadeOfIdentifierCharacters(text) && isAlphanumeric(text.charAt(0));
    }

    /** The same without the rule on the first character, as for an epoch. */
    public static boolean isMadeOfIdentifierCharacters(CharSequence text) {
        int length = text.length();
        if (length == 0 || length > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (!isAlphanumeric(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
