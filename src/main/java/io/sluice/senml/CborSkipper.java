package io.sluice.senml;

import java.nio.ByteBuffer;

/**
 * Steps over what an unknown label carries. It must be well-formed and free of duplicate keys nevertheless, and is no
 * deeper than {@link #MAX_DEPTH}.
 */
final class CborSkipper {
    /** Arrays and maps around an item, those of the pack included; the same for JSON. */
    static final int MAX_DEPTH = 32;

    private static final int DEPTH_OF_RECORD = 2;

    private final CborReader reader;
    private final SeenKeys keys = new SeenKeys(MAX_DEPTH);
    private byte[] message = CborReader.NOTHING;

    CborSkipper(CborReader reader) {
        this.reader = reader;
    }

    void reset(byte[] octets) {
        message = octets;
        keys.openAll();
    }

    void beginRecord() {
        keys.open(DEPTH_OF_RECORD);
    }

    /** @return false where the record has that unknown label already */
    boolean addLabel(Object label) {
        return keys.add(DEPTH_OF_RECORD, label);
    }

    void skipValue() throws PackException {
        reader.head();
        skip(DEPTH_OF_RECORD);
    }

    /** After a head; the depth is that of the container which the item stands in. */
    private void skip(int depth) throws PackException {
        while (reader.major() == CborReader.TAG) {
            reader.head();
        }
        switch (reader.major()) {
            case CborReader.BYTES, CborReader.TEXT -> reader.string();
            case CborReader.ARRAY -> elements(deeper(depth));
            case CborReader.MAP -> members(deeper(depth));
            default -> {
                // integers, floats and simple values are their heads
            }
        }
    }

    private int deeper(int depth) throws PackException {
        if (depth == MAX_DEPTH) {
            throw reader.malformed("nested deeper than " + MAX_DEPTH);
        }
        return depth + 1;
    }

    private void elements(int depth) throws PackException {
        boolean indefinite = reader.isIndefinite();
        long left = reader.argument();
        while (indefinite ? !reader.atBreak() : left-- > 0) {
            reader.head();
            skip(depth);
        }
    }

    private void members(int depth) throws PackException {
        boolean indefinite = reader.isIndefinite();
        long left = reader.argument();
        keys.open(depth);
        while (indefinite ? !reader.atBreak() : left-- > 0) {
            if (!keys.add(depth, key(depth))) {
                throw reader.malformed("a key stands twice");
            }
            reader.head();
            skip(depth);
        }
    }

    /** Equal for equal keys: integers and texts whatever their encoding, all else by its octets. */
    private Object key(int depth) throws PackException {
        int start = reader.position();
        reader.head();
        int major = reader.major();
        if (major <= CborReader.NEGATIVE && reader.argument() >= 0) {
            return major == CborReader.UNSIGNED ? reader.argument() : -1 - reader.argument();
        }
        skip(depth);
        return major == CborReader.TEXT
                ? reader.stringAsText()
                : ByteBuffer.wrap(message, start, reader.position() - start);
    }
}
