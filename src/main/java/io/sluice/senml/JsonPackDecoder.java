package io.sluice.senml;

import com.fasterxml.jackson.core.JsonToken;
import io.sluice.telemetry.Readings;
import java.io.IOException;

/**
 * Decodes {@code application/senml+json} (RFC 8428 section 5), strictly RFC 8259: UTF-8 without a byte order mark, no
 * comments, duplicate members, trailing octets or NaN words. A capital {@code E} in a number is accepted, though a sender
 * should not write it. Strings, labels and ignored ones too, must be Unicode: an escaped surrogate must have its other
 * half, since what readers make of a lone one is unpredictable (section 8.2) and UTF-8 cannot carry it.
 *
 * <p>Not thread-safe, and it keeps caches of names: one per event loop thread rather than one per connection.
 */
public final class JsonPackDecoder implements PackDecoder {
    private static final int DEPTH_OF_RECORD = 2;

    private final PackResolver resolver;
    private final JsonTokens tokens = new JsonTokens();
    private final SeenKeys labels = new SeenKeys(JsonTokens.MAX_DEPTH);

    public JsonPackDecoder(DecoderLimits limits) {
        resolver = new PackResolver(limits);
    }

    @Override
    public Outcome decode(byte[] message, int offset, int length, double now, Readings into) {
        into.clear();
        resolver.begin(now);
        try {
            tokens.begin(message, offset, length);
            pack(into);
            tokens.end();
            return Outcome.DECODED;
        } catch (PackException e) {
            tokens.abandon();
            return e.outcome();
        } catch (IOException | IllegalStateException e) {
            // Not the parser's own message: it may quote the payload. IllegalStateException: too many label collisions.
            PackException malformed = PackException.malformed("octet " + tokens.position() + ": not valid JSON");
            tokens.abandon();
            return malformed.outcome();
        }
    }

    private void pack(Readings into) throws IOException, PackException {
        if (tokens.next() != JsonToken.START_ARRAY) {
            throw PackException.malformed("the message is not an array");
        }
        while (tokens.next() != JsonToken.END_ARRAY) {
            record(into);
        }
        resolver.end();
    }

    private void record(Readings into) throws IOException, PackException {
        resolver.beginRecord();
        labels.open(DEPTH_OF_RECORD);
        if (tokens.current() != JsonToken.START_OBJECT) {
            throw resolver.refuse("not an object");
        }
        while (tokens.next() != JsonToken.END_OBJECT) {
            String name = tokens.label();
            Label label = Label.of(name);
            tokens.next();
            if (label != null) {
                value(label);
            } else {
                unknown(name);
            }
        }
        resolver.endRecord(into);
    }

    private void value(Label label) throws IOException, PackException {
        resolver.claim(label);
        if (!isRightToken(label, tokens.current())) {
            throw resolver.wrongKind(label);
        }
        switch (label.kind) {
            case NUMBER -> resolver.putNumber(label, tokens.number());
            case BOOLEAN -> resolver.putBoolean(tokens.current() == JsonToken.VALUE_TRUE);
            case TEXT -> text(label);
            case STRING -> string();
            case DATA -> data(label);
        }
    }

    private static boolean isRightToken(Label label, JsonToken token) {
        return switch (label.kind) {
            case NUMBER -> token.isNumeric();
            case BOOLEAN -> token.isBoolean();
            case TEXT, STRING, DATA -> token == JsonToken.VALUE_STRING;
        };
    }

    private void text(Label label) throws IOException, PackException {
        if (!resolver.place(label).set(tokens.characters(), tokens.characterOffset(), tokens.characterCount())) {
            throw loneSurrogate();
        }
    }

    private void string() throws IOException, PackException {
        checkSurrogates();
        resolver.putString(tokens.text());
    }

    private void data(Label label) throws IOException, PackException {
        if (!Base64Url.isValid(tokens.characters(), tokens.characterOffset(), tokens.characterCount())) {
            throw resolver.refuse(label.text + " is not base64url without padding");
        }
        resolver.putString(tokens.text());
    }

    /** In strings only; in labels the parser itself minds. */
    private void checkSurrogates() throws IOException, PackException {
        char[] characters = tokens.characters();
        int end = tokens.characterOffset() + tokens.characterCount();
        for (int i = tokens.characterOffset(); i < end; i++) {
            if (Character.isSurrogate(characters[i])) {
                boolean pair = i + 1 < end && Character.isSurrogatePair(characters[i], characters[i + 1]);
                if (!pair) {
                    throw loneSurrogate();
                }
                i++;
            }
        }
    }

    private PackException loneSurrogate() {
        return resolver.refuse("half a surrogate pair");
    }

    private void unknown(String label) throws IOException, PackException {
        resolver.meetUnknown(label.startsWith("b"), label.endsWith("_"));
        addLabel(DEPTH_OF_RECORD, label);
        skipValue();
    }

    /** Steps over what an unknown label carries; the parser bounds its depth. */
    private void skipValue() throws IOException, PackException {
        int depth = DEPTH_OF_RECORD;
        JsonToken token = tokens.current();
        while (true) {
            if (token.isStructStart()) {
                depth++;
                labels.open(depth);
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.FIELD_NAME) {
                addLabel(depth, tokens.label());
            } else if (token == JsonToken.VALUE_STRING) {
                checkSurrogates();
            }
            if (depth == DEPTH_OF_RECORD) {
                return;
            }
            token = tokens.next();
        }
    }

    private void addLabel(int depth, String label) throws PackException {
        tokens.countUnknownLabel(label);
        if (!labels.add(depth, label)) {
            throw resolver.refuse("a label stands twice");
        }
    }
}
