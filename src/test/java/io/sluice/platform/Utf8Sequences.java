package io.sluice.platform;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The octet sequences of Autobahn's groups 6.5 to 6.23, in its order. */
final class Utf8Sequences {
    private static final String KOSME = "cebae1bdb9cf83cebcceb5";

    record Sequence(boolean valid, byte[] octets) {}

    record Group(String name, List<Sequence> sequences) {}

    private Utf8Sequences() {}

    static List<Group> all() {
        return List.of(
                group(
                        "valid",
                        "68656c6c6f24776f726c64 68656c6c6fc2a2776f726c64 68656c6c6fe282ac776f726c64"
                                + " 68656c6c6ff0a4ada2776f726c64 " + KOSME),
                prefixes(),
                group("first of a length", "00 c280 e0a080 f0908080"),
                group("first of a length 5 or 6", "!f888808080 !fc8480808080"),
                group("last of a length", "7f dfbf efbfbf f48fbfbf"),
                group("last of a length 4 to 6", "!f7bfbfbf !fbbfbfbfbf !fdbfbfbfbfbf"),
                group("boundary", "ed9fbf ee8080 efbfbd f48fbfbf !f4908080"),
                group(
                        "unexpected continuation",
                        "!80 !bf !80bf !80bf80 !80bf80bf !80bf80bf80 !80bf80bf80bf !" + octets(0x80, 0xbf, "")),
                group(
                        "lonely start",
                        "!" + octets(0xc0, 0xdf, "20") + " !" + octets(0xe0, 0xef, "20") + " !"
                                + octets(0xf0, 0xf7, "20") + " !" + octets(0xf8, 0xfb, "20") + " !"
                                + octets(0xfc, 0xfd, "20")),
                group(
                        "last octet missing",
                        "!c0 !e080 !f08080 !f8808080 !fc80808080 !df !efbf !f7bfbf !fbbfbfbf !fdbfbfbfbf"),
                group("incomplete ones in a row", "!c0e080f08080f8808080fc80808080dfefbff7bfbffbbfbfbffdbfbfbfbf"),
                group("impossible octet", "!fe !ff !fefeffff"),
                group("overlong slash", "!c0af !e080af !f08080af !f8808080af !fc80808080af"),
                group("greatest overlong", "!c1bf !e09fbf !f08fbfbf !f887bfbfbf !fc83bfbfbfbf"),
                group("overlong zero", "!c080 !e08080 !f0808080 !f880808080 !fc8080808080"),
                group("surrogate", "!eda080 !edadbf !edae80 !edafbf !edb080 !edbe80 !edbfbf"),
                group(
                        "surrogates in pairs",
                        "!eda080edb080 !eda080edbfbf !edadbfedb080 !edadbfedbfbf"
                                + " !edae80edb080 !edae80edbfbf !edafbfedb080 !edafbfedbfbf"),
                nonCharacters(),
                group("special", "efbfb9 efbfba efbfbb efbfbc efbfbd efbfbe efbfbf"));
    }

    /** @param sequences in hexadecimal digits, those with an exclamation mark invalid */
    private static Group group(String name, String sequences) {
        List<Sequence> parsed = new ArrayList<>();
        for (String sequence : sequences.split(" ")) {
            boolean valid = sequence.charAt(0) != '!';
            parsed.add(new Sequence(valid, HexFormat.of().parseHex(valid ? sequence : sequence.substring(1))));
        }
        return new Group(name, parsed);
    }

    private static Group prefixes() {
        Set<Integer> ends = Set.of(2, 5, 7, 9, 11);
        List<String> prefixes = new ArrayList<>();
        for (int length = 1; length <= KOSME.length() / 2; length++) {
            prefixes.add((ends.contains(length) ? "" : "!") + KOSME.substring(0, 2 * length));
        }
        return group("prefix of valid text", String.join(" ", prefixes));
    }

    /** No characters, and yet valid: the last two code points of each plane. */
    private static Group nonCharacters() {
        List<String> sequences = new ArrayList<>();
        for (int plane = 0; plane <= 16; plane++) {
            for (int last = 0xfffe; last <= 0xffff; last++) {
                String character = Character.toString(plane << 16 | last);
                sequences.add(HexFormat.of().formatHex(Frame.text(character).payload()));
            }
        }
        return group("no character", String.join(" ", sequences));
    }

    /** All from the first to before the last, each with something behind it. */
    private static String octets(int first, int last, String behind) {
        StringBuilder octets = new StringBuilder();
        for (int octet = first; octet < last; octet++) {
            octets.append(Integer.toHexString(octet)).append(behind);
        }
        return octets.toString();
    }
}
