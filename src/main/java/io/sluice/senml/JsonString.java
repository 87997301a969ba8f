package io.sluice.senml;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One string of a JSON text (RFC 8259 section 7) at a time: octets of the message where it has no escapes, its characters
 * where it has. Escapes are the only way to half a surrogate pair, since the message is valid UTF-8.
 */
final class JsonString {
    private byte[] octets = {};
    private int from;
    private int to;
    private int wrongAt;
    private boolean escaped;
    private boolean unicode;
    /** Of an escaped string; kept while it is small. */
    private StringBuilder characters = new StringBuilder();

    private static final int KEPT = 4_096;

    /**
     * @param at the octet behind the opening quote
     * @return the octet behind the closing quote; or -1 if there is none, then {@link #wrongAt} tells
     */
    int read(byte[] message, int at, int end) {
        octets = message;
        from = at;
        escaped = false;
        unicode = true;
        for (int i = at; i < end; i++) {
            byte octet = message[i];
            if (octet == '"') {
                to = i;
                return i + 1;
            }
            if (octet == '\\') {
                return readEscaped(message, i, end);
            }
            if (octet >= 0 && octet < 0x20) {
                return wrong(i);
            }
        }
        return wrong(end);
    }

    /** The octet that no string has there, or the end of the text. */
    int wrongAt() {
        return wrongAt;
    }

    /** Whether every surrogate that was escaped has its other half. */
    boolean isUnicode() {
        return unicode;
    }

    @Nullable
    Label label() {
        return escaped ? Label.of(characters.toString()) : Label.of(octets, from, to - from);
    }

    String text() {
        return escaped ? characters.toString() : new String(octets, from, to - from, StandardCharsets.UTF_8);
    }

    void copyTo(ShortText place) {
        if (escaped) {
            byte[] utf8 = characters.toString().getBytes(StandardCharsets.UTF_8);
            place.set(utf8, 0, utf8.length);
        } else {
            place.set(octets, from, to - from);
        }
    }

    private int readEscaped(byte[] message, int firstEscape, int end) {
        escaped = true;
        if (characters.capacity() > KEPT) {
            characters = new StringBuilder();
        }
        characters.setLength(0);
        int plain = from;
        int i = firstEscape;
        while (i < end && message[i] != '"') {
            byte octet = message[i];
            if (octet >= 0 && octet < 0x20) {
                return wrong(i);
            }
            if (octet == '\\') {
                append(message, plain, i);
                i = escape(message, i + 1, end);
                if (i < 0) {
                    return i;
                }
                plain = i;
            } else {
                i++;
            }
        }
        if (i == end) {
            return wrong(end);
        }
        append(message, plain, i);
        unicode = isPaired();
        return i + 1;
    }

    private void append(byte[] message, int start, int end) {
        if (start < end) {
            characters.append(new String(message, start, end - start, StandardCharsets.UTF_8));
        }
    }

    /** @return the octet behind it, or -1 */
    private int escape(byte[] message, int at, int end) {
        if (at == end) {
            return wrong(end);
        }
        switch (message[at]) {
            case '"', '\\', '/' -> characters.append((char) message[at]);
            case 'b' -> characters.append('\b');
            case 'f' -> characters.append('\f');
            case 'n' -> characters.append('\n');
            case 'r' -> characters.append('\r');
            case 't' -> characters.append('\t');
            case 'u' -> {
                return hexadecimal(message, at + 1, end);
            }
            default -> {
                return wrong(at);
            }
        }
        return at + 1;
    }

    private int hexadecimal(byte[] message, int at, int end) {
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = i < end && message[i] >= 0 ? Character.digit(message[i], 16) : -1;
            if (digit < 0) {
                return wrong(i);
            }
            unit = unit << 4 | digit;
        }
        characters.append((char) unit);
        return at + 4;
    }

    private boolean isPaired() {
        for (int i = 0; i < characters.length(); i++) {
            if (Character.isSurrogate(characters.charAt(i))) {
                boolean pair = i + 1 < characters.length()
                        && Character.isSurrogatePair(characters.charAt(i), characters.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private int wrong(int at) {
        wrongAt = at;
        return -1;
    }
}
