package io.sluice.bench;

import java.util.HashMap;
import java.util.Map;

/** Options as {@code name=value} on the command line. */
final class NamedValues {
    private NamedValues() {}

    /** @param defaults all that are known */
    static Map<String, String> of(String[] arguments, Map<String, String> defaults) {
        Map<String, String> given = new HashMap<>(defaults);
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0 || given.put(argument.substring(0, equals), argument.substring(equals + 1)) == null) {
                throw new IllegalArgumentException(argument + ": known are " + given.keySet() + ", as name=value");
            }
        }
        return given;
    }
}
