package io.sluice.senml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scanner takes the JSON texts that a general parser takes, finds the same in them, and takes no others. */
class JsonScannerTest {
    private static final String REFUSED = "refused";
    private static final long SEED = Seeds.next();
    private static final JsonFactory ORACLE = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonScanner.MAX_DEPTH)
                    .build())
            .build();
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        " ",
        "\t",
        "\r\n",
        "true",
        "false",
        "null",
        "0",
        "-",
        "1",
        "9",
        ".",
        "e",
        "E+",
        "-1.5e-3",
        "\"n\":",
        "\"a\"",
        "\"\\u00e9\"",
        "\"\\n\\/\\\"\"",
        "\\u",
        "é",
        "€",
        "😀",
        "\u0000",
        "\u001f",
        "\u007f",
        "tru",
        "NaN",
        "//",
        "'",
        "1e400",
        "123456789012345678901",
        "{\"a\":[1,2]}",
        "[[",
        "]]",
        "\"bver\":10"
    };

    private final JsonScanner scanner = new JsonScanner();
    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void agreesOnTextsThatAreAlmostRight() {
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            String text = mutated(value(0));
            taken += check(text) ? 1 : 0;
        }
        assertThat(taken).isBetween(10_000, 90_000);
    }

    @Test
    void agreesOnPiecesInAnyOrder() {
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "[" : "{");
            for (int k = random.nextInt(8); k >= 0; k--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            check(text.append(random.nextBoolean() ? "]" : "}").toString());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {JsonScanner.MAX_DEPTH - 1, JsonScanner.MAX_DEPTH, JsonScanner.MAX_DEPTH + 1})
    void isBoundedInDepth(int depth) {
        assertThat(check("[".repeat(depth) + "]".repeat(depth))).isEqualTo(depth <= JsonScanner.MAX_DEPTH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "[", "[1", "[1,", "{\"a", "{\"a\"", "{\"a\":", "[tr", "[-", "[1.", "[1e", "[\"\\u12"})
    void saysWhereATextEndsTooEarly(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        assertThat(refusal(octets)).isEqualTo("octet " + octets.length + ": the message ends too early");
    }

    /** Zero octets before a label, or behind it, make it another one. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0000n", "n\u0000", "bverx", "", "xbver"})
    void knowsLabelsByAllTheirOctets(String label) {
        byte[] octets = label.getBytes(StandardCharsets.UTF_8);
        assertThat(Label.of(octets, 0, octets.length)).isNull();
        for (Label known : Label.values()) {
            byte[] text = (label + known.text).getBytes(StandardCharsets.UTF_8);
            assertThat(Label.of(text, octets.length, known.text.length())).isEqualTo(known);
            assertThat(Label.of(known.text)).isEqualTo(known);
        }
    }

    private String refusal(byte[] octets) {
        try {
            scanner.begin(octets, 0, octets.length);
            while (true) {
                scanner.next();
            }
        } catch (PackException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private boolean check(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        List<String> expected = byOracle(text);
        assertThat(byScanner(octets)).as("%s, seed %d", text, SEED).isEqualTo(expected);
        return !expected.contains(REFUSED);
    }

    /** Everything in the text, in words; or that it is no JSON. */
    private List<String> byScanner(byte[] octets) {
        List<String> found = new ArrayList<>();
        try {
            // An offset of its own, so that none is forgotten.
            byte[] shifted = new byte[octets.length + 6];
            System.arraycopy(octets, 0, shifted, 3, octets.length);
            scanner.begin(shifted, 3, octets.length);
            int depth = 0;
            do {
                JsonScanner.Token token = scanner.next();
                depth += token.isStart() ? 1 : token.isEnd() ? -1 : 0;
                found.add(
                        switch (token) {
                            case LABEL, STRING -> token + " " + scanner.string().text();
                            case NUMBER -> "NUMBER " + scanner.number();
                            default -> token.toString();
                        });
            } while (depth > 0 || found.get(found.size() - 1).startsWith("LABEL"));
            scanner.end();
            return found;
        } catch (PackException e) {
            return List.of(REFUSED);
        }
    }

    /** Given characters, since of octets it would guess the encoding. */
    private static List<String> byOracle(String text) {
        List<String> found = new ArrayList<>();
        try (JsonParser parser = ORACLE.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                found.add(
                        switch (token) {
                            case FIELD_NAME -> "LABEL " + parser.currentName();
                            case VALUE_STRING -> "STRING " + parser.getText();
                            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                                "NUMBER " + Double.parseDouble(parser.getText());
                            case VALUE_TRUE -> "TRUE";
                            case VALUE_FALSE -> "FALSE";
                            case VALUE_NULL -> "NULL";
                            default -> token.toString();
                        });
                if (parser.getParsingContext().inRoot() && parser.nextToken() != null) {
                    return List.of(REFUSED);
                }
                if (parser.getParsingContext().inRoot()) {
                    break;
                }
            }
            return found.isEmpty() ? List.of(REFUSED) : found;
        } catch (IOException e) {
            return List.of(REFUSED);
        }
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 4 ? 4 : 7)) {
            case 0 -> number();
            case 1 -> string();
            case 2 -> random.nextBoolean() ? "true" : "false";
            case 3 -> "null";
            case 4 -> members(depth, "[", "]");
            default -> members(depth, "{", "}");
        };
    }

    private String members(int depth, String open, String close) {
        List<String> members = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            members.add((open.equals("{") ? string() + blank() + ":" : "") + blank() + value(depth + 1) + blank());
        }
        return open + blank() + String.join(",", members) + close;
    }

    private String blank() {
        return random.nextInt(4) == 0 ? List.of(" ", "\t", "\n", "\r", "  ").get(random.nextInt(5)) : "";
    }

    private String number() {
        String whole = random.nextInt(3) == 0 ? "0" : Long.toString(random.nextLong(1L << random.nextInt(1, 63)) + 1);
        String fraction = random.nextBoolean() ? "." + Long.toString(random.nextLong(1L << random.nextInt(1, 63))) : "";
        String exponent = random.nextInt(3) == 0 ? "e" + List.of("", "-", "+").get(random.nextInt(3)) : "";
        return (random.nextInt(3) == 0 ? "-" : "")
                + whole
                + fraction
                + (exponent.isEmpty() ? "" : exponent + random.nextInt(30));
    }

    private String string() {
        StringBuilder text = new StringBuilder("\"");
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(
                    switch (random.nextInt(6)) {
                        case 0 -> "\\" + "\"\\/bfnrt".charAt(random.nextInt(8));
                        case 1 -> "\\u%04x".formatted(random.nextInt(0xD800));
                        case 2 -> "\\ud83d\\uDE00";
                        case 3 -> "é€😀";
                        default ->
                            String.valueOf((char) random.nextInt('#', '[')).repeat(random.nextInt(1, 12));
                    });
        }
        return text.append('"').toString();
    }

    /** One character more, less or another, half of the time. */
    private String mutated(String text) {
        if (random.nextBoolean() || text.isEmpty()) {
            return text;
        }
        int at = random.nextInt(text.length());
        if (Character.isSurrogate(text.charAt(at))) {
            return text;
        }
        String put = random.nextInt(3) == 0 ? "" : PIECES[random.nextInt(PIECES.length)];
        return text.substring(0, at) + put + text.substring(at + random.nextInt(2));
    }
}
