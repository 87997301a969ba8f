package io.sluice.senml;

/**
 * A name or unit as UTF-8, reused from record to record. It keeps no more octets than a resolved one may have, but knows
 * the true length, so that one that is too long costs nothing and is refused where it is used.
 */
final class ShortText {
    private final byte[] octets;
    private int length;

    ShortText(int capacity) {
        octets = new byte[capacity];
    }

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    boolean fits() {
        return length <= octets.length;
    }

    /** Valid up to {@link #length()} where {@link #fits()}. */
    byte[] octets() {
        return octets;
    }

    void set(byte[] source, int offset, int count) {
        length = count;
        System.arraycopy(source, offset, octets, 0, Math.min(count, octets.length));
    }
}
