package io.sluice.access;

import java.util.regex.Pattern;

/** The grammar of operators' names; the same as that of device ids, and free of the colon that Basic splits at. */
final class OperatorNames {
    static final String RULE =
            "must be 1 to 64 letters (A to Z), digits, dots, hyphens or underscores, the first a letter or digit";

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private OperatorNames() {}

    static boolean isValid(String name) {
        return VALID.matcher(name).matches();
    }
}
