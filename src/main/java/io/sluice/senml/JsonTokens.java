package io.sluice.senml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The tokens of one message after the other, from one parser: Jackson's non-blocking parser takes message after message
 * as the next value of a stream, so a message costs no new parser (about 1 KB). After an error, or many or long unknown
 * labels (the parser remembers every label it has met), the next message gets a fresh one.
 *
 * <p>What that parser does not mind is checked here: octets that are not UTF-8, a byte order mark, something after the
 * pack.
 */
final class JsonTokens {
    /** Arrays and objects around a value, those of the pack included. */
    static final int MAX_DEPTH = CborSkipper.MAX_DEPTH;

    /** Beyond this the JDK reads a number: in linear time, while it leaves out digits that no double can tell. */
    private static final int LONG_NUMBER = 128;

    private static final int MAX_UNKNOWN_LABELS = 1_000;
    private static final int MAX_UNKNOWN_CHARACTERS = 64 * 1024;
    private static final byte[] NOTHING = {};

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    // The message's own bound is enough: RFC 8259 bounds no number, and a label may be as long as in
                    // CBOR.
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            // A device's labels must not stay in the JVM's own table.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private JsonParser parser = newParser();
    private JsonToken current = JsonToken.NOT_AVAILABLE;
    private int unknownLabels;
    private int unknownCharacters;
    private long fedBefore;
    private long fed;

    void begin(byte[] message, int offset, int length) throws IOException, PackException {
        fedBefore = fed;
        fed += length;
        int invalid = Utf8.firstInvalid(message, offset, length);
        if (invalid >= 0) {
            throw PackException.malformed("octet " + (invalid - offset) + ": not UTF-8");
        }
        if (length > 0 && message[offset] == (byte) 0xEF) {
            // The parser would skip a byte order mark; nothing else that begins so is JSON.
            throw PackException.malformed("octet 0: not valid JSON");
        }
        feed(message, offset, length);
    }

    /** The next token, never {@link JsonToken#NOT_AVAILABLE}. */
    JsonToken next() throws IOException, PackException {
        current = parser.nextToken();
        if (current == null || current == JsonToken.NOT_AVAILABLE) {
            throw PackException.malformed("octet " + position() + ": the message ends too early");
        }
        return current;
    }

    JsonToken current() {
        return current;
    }

    /** After the end of the pack: nothing but white space may follow. */
    void end() throws IOException, PackException {
        parser.releaseBuffered(OnlyWhiteSpace.INSTANCE);
        if (parser.nextToken() != JsonToken.NOT_AVAILABLE) {
            throw PackException.malformed("octets after the pack");
        }
        feed(NOTHING, 0, 0);
        if (unknownLabels > MAX_UNKNOWN_LABELS || unknownCharacters > MAX_UNKNOWN_CHARACTERS) {
            abandon();
        }
    }

    /** Gives up this message and the parser with it. */
    void abandon() {
        parser = newParser();
        unknownLabels = 0;
        unknownCharacters = 0;
        fed = 0;
    }

    /** Octets into the message. */
    long position() {
        return Math.max(0, parser.currentLocation().getByteOffset() - fedBefore);
    }

    String label() throws IOException {
        return parser.currentName();
    }

    void countUnknownLabel(String label) {
        unknownLabels++;
        unknownCharacters += label.length();
    }

    double number() throws IOException {
        return parser.getTextLength() > LONG_NUMBER ? Double.parseDouble(parser.getText()) : parser.getDoubleValue();
    }

    String text() throws IOException {
        return parser.getText();
    }

    char[] characters() throws IOException {
        return parser.getTextCharacters();
    }

    int characterOffset() throws IOException {
        return parser.getTextOffset();
    }

    int characterCount() throws IOException {
        return parser.getTextLength();
    }

    private void feed(byte[] octets, int offset, int length) throws IOException {
        ((ByteArrayFeeder) parser.getNonBlockingInputFeeder()).feedInput(octets, offset, offset + length);
    }

    private static JsonParser newParser() {
        try {
            return FACTORY.createNonBlockingByteArrayParser();
        } catch (IOException e) {
            throw new IllegalStateException("reads nothing yet", e);
        }
    }

    /** Where the parser hands over what it has not read; unlike the next token it shows a token that is cut off. */
    private static final class OnlyWhiteSpace extends OutputStream {
        static final OnlyWhiteSpace INSTANCE = new OnlyWhiteSpace();

        @Override
        public void write(int octet) throws IOException {
            if (octet != ' ' && octet != '\n' && octet != '\r' && octet != '\t') {
                throw new IOException("octets after the pack");
            }
        }
    }
}
