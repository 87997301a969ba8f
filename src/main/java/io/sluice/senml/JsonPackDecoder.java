package io.sluice.senml;

import io.sluice.senml.JsonScanner.Token;
import io.sluice.telemetry.Readings;

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
    private final JsonScanner json = new JsonScanner();
    private final SeenKeys labels = new SeenKeys(JsonScanner.MAX_DEPTH);

    public JsonPackDecoder(DecoderLimits limits) {
        resolver = new PackResolver(limits);
    }

    @Override
    public Outcome decode(byte[] message, int offset, int length, double now, Readings into) {
        into.clear();
        resolver.begin(now);
        try {
            json.begin(message, offset, length);
            pack(into);
            json.end();
            return Outcome.DECODED;
        } catch (PackException e) {
            return e.outcome();
        } finally {
            json.release();
        }
    }

    private void pack(Readings into) throws PackException {
        if (json.next() != Token.START_ARRAY) {
            throw PackException.malformed("the message is not an array");
        }
        while (json.next() != Token.END_ARRAY) {
            record(into);
        }
        resolver.end();
    }

    private void record(Readings into) throws PackException {
        resolver.beginRecord();
        labels.open(DEPTH_OF_RECORD);
        if (json.current() != Token.START_OBJECT) {
            throw resolver.refuse("not an object");
        }
        while (json.next() != Token.END_OBJECT) {
            Label label = json.string().label();
            if (label == null) {
                unknown(unicode().text());
            } else {
                json.next();
                value(label);
            }
        }
        resolver.endRecord(into);
    }

    private void value(Label label) throws PackException {
        resolver.claim(label);
        if (!isRightToken(label, json.current())) {
            throw resolver.wrongKind(label);
        }
        switch (label.kind) {
            case NUMBER -> resolver.putNumber(label, json.number());
            case BOOLEAN -> resolver.putBoolean(json.current() == Token.TRUE);
            case TEXT -> unicode().copyTo(resolver.place(label));
            case STRING -> resolver.putString(unicode().text());
            case DATA -> data(label);
        }
    }

    private static boolean isRightToken(Label label, Token token) {
        return switch (label.kind) {
            case NUMBER -> token == Token.NUMBER;
            case BOOLEAN -> token.isBoolean();
            case TEXT, STRING, DATA -> token == Token.STRING;
        };
    }

    private void data(Label label) throws PackException {
        String text = json.string().text();
        if (!Base64Url.isValid(text)) {
            throw resolver.refuse(label.text + " is not base64url without padding");
        }
        resolver.putString(text);
    }

    private JsonString unicode() throws PackException {
        if (!json.string().isUnicode()) {
            throw resolver.refuse("half a surrogate pair");
        }
        return json.string();
    }

    private void unknown(String label) throws PackException {
        resolver.meetUnknown(label.startsWith("b"), label.endsWith("_"));
        addLabel(DEPTH_OF_RECORD, label);
        json.next();
        skipValue();
    }

    /** Steps over what an unknown label carries; the scanner bounds its depth. */
    private void skipValue() throws PackException {
        int depth = DEPTH_OF_RECORD;
        Token token = json.current();
        while (true) {
            if (token.isStart()) {
                depth++;
                labels.open(depth);
            } else if (token.isEnd()) {
                depth--;
            } else if (token == Token.LABEL) {
                addLabel(depth, unicode().text());
            } else if (token == Token.STRING) {
                unicode();
            }
            if (depth == DEPTH_OF_RECORD) {
                return;
            }
            token = json.next();
        }
    }

    private void addLabel(int depth, String label) throws PackException {
        if (!labels.add(depth, label)) {
            throw resolver.refuse("a label stands twice");
        }
    }
}
