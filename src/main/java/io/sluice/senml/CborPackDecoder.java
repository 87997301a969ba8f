package io.sluice.senml;

import io.sluice.telemetry.Readings;
import java.math.BigInteger;

/**
 * Decodes {@code application/senml+cbor} (RFC 8428 section 6), definite and indefinite lengths, integer and text labels,
 * by hand: one pass over the octets without a tree. A self-described tag (55799) before the pack is skipped.
 *
 * <p>Not thread-safe, and it keeps caches of names: one per event loop thread rather than one per connection.
 */
public final class CborPackDecoder implements PackDecoder {
    private static final long SELF_DESCRIBED = 55799;

    private final PackResolver resolver;
    private final CborReader reader = new CborReader();
    private final CborSkipper skipper = new CborSkipper(reader);

    public CborPackDecoder(DecoderLimits limits) {
        resolver = new PackResolver(limits);
    }

    @Override
    public Outcome decode(byte[] message, int offset, int length, double now, Readings into) {
        into.clear();
        resolver.begin(now);
        reader.reset(message, offset, length);
        skipper.reset(message);
        try {
            pack(into);
            return Outcome.DECODED;
        } catch (PackException e) {
            return e.outcome();
        } finally {
            reader.release();
            skipper.reset(CborReader.NOTHING);
        }
    }

    private void pack(Readings into) throws PackException {
        reader.head();
        while (reader.major() == CborReader.TAG && reader.argument() == SELF_DESCRIBED) {
            reader.head();
        }
        if (reader.major() != CborReader.ARRAY) {
            throw PackException.malformed("the message is not an array");
        }
        boolean indefinite = reader.isIndefinite();
        long left = reader.argument();
        while (indefinite ? !reader.atBreak() : left-- > 0) {
            record(into);
        }
        resolver.end();
        if (!reader.atEnd()) {
            throw reader.malformed("octets after the pack");
        }
    }

    private void record(Readings into) throws PackException {
        resolver.beginRecord();
        skipper.beginRecord();
        reader.head();
        if (reader.major() != CborReader.MAP) {
            throw resolver.refuse("not a map");
        }
        boolean indefinite = reader.isIndefinite();
        long left = reader.argument();
        while (indefinite ? !reader.atBreak() : left-- > 0) {
            member();
        }
        resolver.endRecord(into);
    }

    private void member() throws PackException {
        reader.head();
        switch (reader.major()) {
            case CborReader.UNSIGNED, CborReader.NEGATIVE -> integerLabel();
            case CborReader.TEXT -> textLabel();
            default -> throw resolver.refuse("a label that is neither an integer nor a text");
        }
    }

    private void integerLabel() throws PackException {
        boolean base = reader.major() == CborReader.NEGATIVE;
        long argument = reader.argument();
        // Beyond 2^63 a long holds no sign beside the argument.
        if (argument < 0) {
            BigInteger magnitude = new BigInteger(Long.toUnsignedString(argument));
            unknown(base ? magnitude.not() : magnitude, base, false);
            return;
        }
        long number = base ? -1 - argument : argument;
        Label label = Label.ofCbor(number);
        if (label != null) {
            value(label);
        } else {
            unknown(number, base, false);
        }
    }

    private void textLabel() throws PackException {
        reader.string();
        byte[] octets = reader.stringOctets();
        int offset = reader.stringOffset();
        int length = reader.stringLength();
        Label label = Label.of(octets, offset, length);
        if (label != null) {
            value(label);
        } else {
            boolean base = length > 0 && octets[offset] == 'b';
            boolean mustUnderstand = length > 0 && octets[offset + length - 1] == '_';
            unknown(reader.stringAsText(), base, mustUnderstand);
        }
    }

    private void unknown(Object label, boolean base, boolean mustUnderstand) throws PackException {
        resolver.meetUnknown(base, mustUnderstand);
        if (!skipper.addLabel(label)) {
            throw resolver.refuse("a label stands twice");
        }
        skipper.skipValue();
    }

    private void value(Label label) throws PackException {
        resolver.claim(label);
        reader.head();
        switch (label.kind) {
            case NUMBER -> number(label);
            case TEXT -> {
                string(label, CborReader.TEXT);
                resolver.place(label).set(reader.stringOctets(), reader.stringOffset(), reader.stringLength());
            }
            case STRING -> {
                string(label, CborReader.TEXT);
                resolver.putString(reader.stringAsText());
            }
            case DATA -> {
                string(label, CborReader.BYTES);
                resolver.putString(
                        Base64Url.encode(reader.stringOctets(), reader.stringOffset(), reader.stringLength()));
            }
            case BOOLEAN -> truth(label);
        }
    }

    /** The version alone must be an unsigned integer (RFC 8428 section 6). */
    private void number(Label label) throws PackException {
        if (label == Label.BVER && reader.major() != CborReader.UNSIGNED) {
            throw resolver.refuse("bver is not an unsigned integer");
        }
        resolver.putNumber(label, CborNumber.read(reader));
    }

    private void truth(Label label) throws PackException {
        boolean isBoolean = reader.major() == CborReader.SIMPLE
                && (reader.info() == CborReader.TRUE || reader.info() == CborReader.FALSE);
        if (!isBoolean) {
            throw resolver.wrongKind(label);
        }
        resolver.putBoolean(reader.info() == CborReader.TRUE);
    }

    private void string(Label label, int major) throws PackException {
        if (reader.major() != major) {
            throw resolver.wrongKind(label);
        }
        reader.string();
    }
}
