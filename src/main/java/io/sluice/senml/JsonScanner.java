package io.sluice.senml;

import java.util.Arrays;

/**
 * The tokens of a JSON text (RFC 8259, strictly), read where they lie: a string without escapes is octets of the message,
 * a number is made from its digits, and nothing is allocated for either. Written for SenML's short labels and numbers,
 * which a general parser copies and looks up before anybody asks for them; that parser is the tests' oracle.
 *
 * <p>A label is a token of its own, and its colon belongs to it. Takes valid UTF-8 only. Not thread-safe.
 */
final class JsonScanner {
    enum Token {
        START_OBJECT,
        END_OBJECT,
        START_ARRAY,
        END_ARRAY,
        LABEL,
        STRING,
        NUMBER,
        TRUE,
        FALSE,
        NULL;

        boolean isStart() {
            return this == START_OBJECT || this == START_ARRAY;
        }

        boolean isEnd() {
            return this == END_OBJECT || this == END_ARRAY;
        }

        boolean isBoolean() {
            return this == TRUE || this == FALSE;
        }
    }

    /** Arrays and objects around a value, those of the pack included. */
    static final int MAX_DEPTH = CborSkipper.MAX_DEPTH;

    private static final byte[] NOTHING = {};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final JsonString string = new JsonString();
    private final JsonNumber number = new JsonNumber();
    private final boolean[] isObject = new boolean[MAX_DEPTH + 1];

    private byte[] octets = NOTHING;
    private int start;
    private int at;
    private int end;
    private int depth;
    /** Within the innermost container a value is complete: a comma or the end follows. */
    private boolean complete;
    /** A label was read: its value follows. */
    private boolean labelled;

    private Token current = Token.NULL;

    void begin(byte[] message, int offset, int length) throws PackException {
        octets = message;
        start = offset;
        at = offset;
        end = offset + length;
        depth = 0;
        complete = false;
        labelled = false;
        int invalid = Utf8.firstInvalid(message, offset, length);
        if (invalid >= 0) {
            throw PackException.malformed("octet " + (invalid - offset) + ": not UTF-8");
        }
    }

    Token next() throws PackException {
        boolean more = false;
        byte octet = afterBlanks();
        if (complete && depth > 0 && octet == ',') {
            at++;
            octet = afterBlanks();
            complete = false;
            more = true;
        }
        if (octet == ']' || octet == '}') {
            current = close(octet == '}', more);
        } else if (complete) {
            throw invalid();
        } else if (isObject[depth] && !labelled) {
            current = label(octet);
        } else {
            current = value(octet);
        }
        return current;
    }

    Token current() {
        return current;
    }

    /** After the end of the pack: nothing but white space may follow. */
    void end() throws PackException {
        skipBlanks();
        if (at < end) {
            throw PackException.malformed("octets after the pack");
        }
    }

    /** Lets go of the message. */
    void release() {
        octets = NOTHING;
    }

    /** The label or string that is the current token. */
    JsonString string() {
        return string;
    }

    /** The number that is the current token; infinite where it is beyond all doubles. */
    double number() {
        return number.value(octets);
    }

    private Token close(boolean object, boolean afterComma) throws PackException {
        if (depth == 0 || object != isObject[depth] || afterComma || labelled) {
            throw invalid();
        }
        at++;
        depth--;
        complete = true;
        return object ? Token.END_OBJECT : Token.END_ARRAY;
    }

    private Token label(byte octet) throws PackException {
        if (octet != '"') {
            throw invalid();
        }
        quoted();
        if (afterBlanks() != ':') {
            throw invalid();
        }
        at++;
        labelled = true;
        return Token.LABEL;
    }

    private Token value(byte octet) throws PackException {
        labelled = false;
        complete = true;
        switch (octet) {
            case '{':
                return open(true);
            case '[':
                return open(false);
            case '"':
                quoted();
                return Token.STRING;
            case 't':
                return literal(TRUE, Token.TRUE);
            case 'f':
                return literal(FALSE, Token.FALSE);
            case 'n':
                return literal(NULL, Token.NULL);
            default:
                at = number.read(octets, at, end);
                if (at < 0) {
                    at = number.wrongAt();
                    throw at == end ? tooEarly() : invalid();
                }
                return Token.NUMBER;
        }
    }

    private Token open(boolean object) throws PackException {
        if (depth == MAX_DEPTH) {
            throw PackException.malformed("octet " + position() + ": nested deeper than " + MAX_DEPTH);
        }
        at++;
        depth++;
        isObject[depth] = object;
        complete = false;
        return object ? Token.START_OBJECT : Token.START_ARRAY;
    }

    private Token literal(byte[] word, Token token) throws PackException {
        int present = Math.min(word.length, end - at);
        if (!Arrays.equals(octets, at, at + present, word, 0, present)) {
            throw invalid();
        }
        at += present;
        if (present < word.length) {
            throw tooEarly();
        }
        return token;
    }

    private void quoted() throws PackException {
        int next = string.read(octets, at + 1, end);
        if (next < 0) {
            at = string.wrongAt();
            throw at == end ? tooEarly() : invalid();
        }
        at = next;
    }

    private byte afterBlanks() throws PackException {
        skipBlanks();
        if (at == end) {
            throw tooEarly();
        }
        return octets[at];
    }

    private void skipBlanks() {
        while (at < end && isBlank(octets[at])) {
            at++;
        }
    }

    private static boolean isBlank(byte octet) {
        // The first comparison is the answer nearly always.
        return octet <= ' ' && (octet == ' ' || octet == '\n' || octet == '\r' || octet == '\t');
    }

    private PackException invalid() {
        return PackException.malformed("octet " + position() + ": not valid JSON");
    }

    private PackException tooEarly() {
        return PackException.malformed("octet " + position() + ": the message ends too early");
    }

    private int position() {
        return at - start;
    }
}
