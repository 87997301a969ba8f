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

    private static final Label[] ALL = values();
    private static final int LEAST_CBOR = -6;
    private static final int GREATEST_CBOR = 8;
    private static final Label[] BY_CBOR = new Label[GREATEST_CBOR - LEAST_CBOR + 1];

    static {
        for (Label label : ALL) {
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

    static @Nullable Label of(byte[] octets, int offset, int length) {
        for (Label label : ALL) {
            if (label.text.length() == length && label.matches(octets, offset)) {
                return label;
            }
        }
        return null;
    }

    static @Nullable Label ofCbor(long number) {
        return number >= LEAST_CBOR && number <= GREATEST_CBOR ? BY_CBOR[(int) number - LEAST_CBOR] : null;
    }

    private boolean matches(byte[] octets, int offset) {
        for (int i = 0; i < text.length(); i++) {
            if (octets[offset + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
