package io.sluice.senml;

import org.jspecify.annotations.Nullable;

/** The labels of RFC 8428 table 1, in JSON and CBOR. */
enum Label {
    BVER("bver", Kind.NUMBER, -1),
    BN("bn", Kind.TEXT, -2),
    BT("bt", Kind.NUMBER, -3),
    BU("bu", Kind.TEXT, -4),
    BV("bv", Kind.NUMBER, -5),
    BS("bs", Kind.NUMBER, -6),
    N("n", Kind.TEXT, 0),
    U("u", Kind.TEXT, 1),
    V("v", Kind.NUMBER, 2),
    VS("vs", Kind.STRING, 3),
    VB("vb", Kind.BOOLEAN, 4),
    S("s", Kind.NUMBER, 5),
    T("t", Kind.NUMBER, 6),
    UT("ut", Kind.NUMBER, 7),
    VD("vd", Kind.DATA, 8);

    /** What a decoder has to read; {@link #TEXT} is a short text that is resolved, {@link #STRING} a value. */
    enum Kind {
        NUMBER("a finite number"),
        TEXT("a string"),
        STRING("a string"),
        BOOLEAN("a boolean"),
        DATA("a data value");

        final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** Bits of the labels that carry a value, exactly one of which a record may have. */
    static final int VALUES = V.bit() | VS.bit() | VB.bit() | VD.bit();

    /** Bits of the labels that speak of this record alone and not of those that follow. */
    static final int REGULAR = VALUES | N.bit() | U.bit() | S.bit() | T.bit() | UT.bit();

    static final int BASE = BVER.bit() | BN.bit() | BT.bit() | BU.bit() | BV.bit() | BS.bit();

    private static final int LONGEST = 4;
    private static final int LEAST_CBOR = -6;
    private static final int GREATEST_CBOR = 8;
    private static final Label[] BY_CBOR = new Label[GREATEST_CBOR - LEAST_CBOR + 1];

    static {
        for (Label label : values()) {
            BY_CBOR[label.cbor - LEAST_CBOR] = label;
        }
    }

    final String text;
    final Kind kind;
    private final int cbor;

    Label(String text, Kind kind, int cbor) {
        this.text = text;
        this.kind = kind;
        this.cbor = cbor;
    }

    int bit() {
        return 1 << ordinal();
    }

    static @Nullable Label of(String text) {
        return switch (text) {
            case "bver" -> BVER;
            case "bn" -> BN;
            case "bt" -> BT;
            case "bu" -> BU;
            case "bv" -> BV;
            case "bs" -> BS;
            case "n" -> N;
            case "u" -> U;
            case "v" -> V;
            case "vs" -> VS;
            case "vb" -> VB;
            case "s" -> S;
            case "t" -> T;
            case "ut" -> UT;
            case "vd" -> VD;
            default -> null;
        };
    }

    /** The same from its octets, without a string. */
    static @Nullable Label of(byte[] octets, int offset, int length) {
        int packed = 0;
        for (int i = 0; i < length && i < LONGEST; i++) {
            packed = packed << 8 | octets[offset + i] & 0xFF;
        }
        Label label = ofPacked(packed);
        // Leading zero octets and all beyond the fourth have left no trace.
        return label != null && label.text.length() == length ? label : null;
    }

    /** @param packed its octets, the last one in the lowest place */
    private static @Nullable Label ofPacked(int packed) {
        return switch (packed) {
            case 'n' -> N;
            case 'u' -> U;
            case 'v' -> V;
            case 't' -> T;
            case 's' -> S;
            case 'b' << 8 | 'n' -> BN;
            case 'b' << 8 | 't' -> BT;
            case 'b' << 8 | 'u' -> BU;
            case 'b' << 8 | 'v' -> BV;
            case 'b' << 8 | 's' -> BS;
            case 'v' << 8 | 's' -> VS;
            case 'v' << 8 | 'b' -> VB;
            case 'v' << 8 | 'd' -> VD;
            case 'u' << 8 | 't' -> UT;
            case 'b' << 24 | 'v' << 16 | 'e' << 8 | 'r' -> BVER;
            default -> null;
        };
    }

    static @Nullable Label ofCbor(long number) {
        return number >= LEAST_CBOR && number <= GREATEST_CBOR ? BY_CBOR[(int) number - LEAST_CBOR] : null;
    }
}
