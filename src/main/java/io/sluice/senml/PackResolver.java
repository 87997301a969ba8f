package io.sluice.senml;

import io.sluice.telemetry.Readings;
import io.sluice.telemetry.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Takes the fields of a pack as a decoder meets them and adds the resolved records (RFC 8428 section 4.6).
 *
 * <p>A field only sets a place here; a record is resolved at its end. So base fields apply to the record that has them
 * wherever they stand in it, and, being left in their places, to those that follow. Protocol: {@link #begin}, then for
 * each record {@link #beginRecord}, the fields, {@link #endRecord}; at last {@link #end}.
 *
 * <p>A record without any value or sum is accepted only where it carries base fields and nothing of its own, as in the
 * RFC's section 5.1.7. A base value makes no value where {@code v} is absent (section 4.2 wants one value field); a base
 * sum does make a sum where {@code s} is absent (section 4.5.4).
 */
final class PackResolver {
    private static final double LEAST_ABSOLUTE_TIME = 1 << 28;
    private static final int DEFAULT_VERSION = 10;
    private static final int CACHED_NAMES = 512;
    private static final int CACHED_UNITS = 64;

    private final DecoderLimits limits;
    private final TextCache names = new TextCache(CACHED_NAMES);
    private final TextCache units = new TextCache(CACHED_UNITS);
    private final ResolvedName resolvedName = new ResolvedName();

    private final ShortText baseName = new ShortText(DecoderLimits.MAX_NAME_OCTETS);
    private final ShortText baseUnit = new ShortText(DecoderLimits.MAX_UNIT_OCTETS);
    private final ShortText name = new ShortText(DecoderLimits.MAX_NAME_OCTETS);
    private final ShortText unit = new ShortText(DecoderLimits.MAX_UNIT_OCTETS);
    private final double[] numbers = new double[Label.values().length];

    private @Nullable String text;
    private boolean truth;
    private int seen;
    private int seenInPack;
    private boolean extendedBase;
    private int version;
    private int records;
    private int resolvedOctets;
    private double now;

    PackResolver(DecoderLimits limits) {
        this.limits = limits;
    }

    void begin(double arrival) {
        now = arrival;
        baseName.clear();
        baseUnit.clear();
        seenInPack = 0;
        version = 0;
        records = 0;
        resolvedOctets = ResolvedSize.PACK;
    }

    void beginRecord() throws PackException {
        if (records == limits.maxRecords()) {
            throw PackException.tooManyRecords(limits.maxRecords());
        }
        name.clear();
        unit.clear();
        text = null;
        seen = 0;
        extendedBase = false;
    }

    /** To be called before the value of the label is put. */
    void claim(Label label) throws PackException {
        if ((seen & label.bit()) != 0) {
            throw refuse("the label " + label.text + " stands twice");
        }
        seen |= label.bit();
        seenInPack |= label.bit();
    }

    /** For a label that this version does not know (RFC 8428 section 4.4). */
    void meetUnknown(boolean base, boolean mustUnderstand) throws PackException {
        if (mustUnderstand) {
            throw refuse("an unknown label ends in _");
        }
        extendedBase |= base;
    }

    void putNumber(Label label, double number) throws PackException {
        if (!Double.isFinite(number)) {
            throw wrongKind(label);
        }
        numbers[label.ordinal()] = number;
    }

    void putBoolean(boolean value) {
        truth = value;
    }

    void putString(String value) {
        text = value;
    }

    /** The place of a {@link Label.Kind#TEXT}. */
    ShortText place(Label label) {
        return switch (label) {
            case BN -> baseName;
            case BU -> baseUnit;
            case N -> name;
            default -> unit;
        };
    }

    void endRecord(Readings into) throws PackException {
        checkVersion();
        ValueType type = type();
        if (type != null) {
            resolve(type, into);
        }
        records++;
    }

    void end() throws PackException {
        if (records == 0) {
            throw PackException.malformed("the pack is empty");
        }
    }

    PackException wrongKind(Label label) {
        return refuse(label.text + " is not " + label.kind.words);
    }

    PackException refuse(String what) {
        return PackException.malformed("record " + records + ": " + what);
    }

    /** All records of a pack have one version, and one that names none has the default (RFC 8428 section 4.4). */
    private void checkVersion() throws PackException {
        double stated = has(Label.BVER) ? numbers[Label.BVER.ordinal()] : version == 0 ? DEFAULT_VERSION : version;
        if (stated != Math.rint(stated) || stated < 1 || stated > DEFAULT_VERSION) {
            throw refuse("bver is not 1 to " + DEFAULT_VERSION);
        }
        if (version != 0 && stated != version) {
            throw refuse("bver changes within the pack");
        }
        version = (int) stated;
    }

    /** @return null where the record only sets base fields */
    private @Nullable ValueType type() throws PackException {
        int values = seen & Label.VALUES;
        if (values == 0) {
            return typeWithoutValue();
        }
        if (Integer.bitCount(values) > 1) {
            throw refuse("more than one value");
        }
        if (has(Label.V)) {
            return ValueType.NUMBER;
        }
        if (has(Label.VB)) {
            return ValueType.BOOLEAN;
        }
        return has(Label.VS) ? ValueType.STRING : ValueType.DATA;
    }

    private @Nullable ValueType typeWithoutValue() throws PackException {
        boolean onlyBase = (seen & Label.REGULAR) == 0 && ((seen & Label.BASE) != 0 || extendedBase);
        if (onlyBase) {
            return null;
        }
        if ((seen & Label.REGULAR) == 0 || !hasSum()) {
            throw refuse("neither a value nor a sum");
        }
        return ValueType.SUM_ONLY;
    }

    private void resolve(ValueType type, Readings into) throws PackException {
        String wrong = resolvedName.join(baseName, name);
        if (wrong != null) {
            throw refuse(wrong);
        }
        ShortText ownUnit = has(Label.U) ? unit : baseUnit;
        checkUnit(ownUnit);
        double time = time();
        double number = type == ValueType.BOOLEAN ? (truth ? 1 : 0) : type == ValueType.NUMBER ? value() : 0;
        double sum = hasSum() ? sum() : Double.NaN;
        double updateTime = has(Label.UT) ? numbers[Label.UT.ordinal()] : Double.NaN;

        resolvedOctets +=
                ResolvedSize.ofRecord(resolvedName.length(), ownUnit.length(), type, text, hasSum(), has(Label.UT));
        if (resolvedOctets > limits.maxResolvedBytes()) {
            throw PackException.tooLarge(limits.maxResolvedBytes());
        }
        // An explicit empty unit overrides the base unit and says "none", as downstream keys have it.
        String unitText = ownUnit.length() == 0 ? null : units.get(ownUnit.octets(), ownUnit.length());
        into.add(
                names.get(resolvedName.octets(), resolvedName.length()),
                unitText,
                time,
                type,
                number,
                text,
                sum,
                updateTime);
    }

    private void checkUnit(ShortText text) throws PackException {
        if (!text.fits()) {
            throw refuse("the unit is over " + DecoderLimits.MAX_UNIT_OCTETS + " octets");
        }
        byte[] octets = text.octets();
        for (int i = 0; i < text.length(); i++) {
            byte c = octets[i];
            // U+0080 to U+009F are C2 and the same octet in UTF-8, so the next octet is there.
            boolean control = c >= 0 ? c < 0x20 || c == 0x7F : c == (byte) 0xC2 && octets[i + 1] < (byte) 0xA0;
            if (control) {
                throw refuse("the unit has a control character");
            }
        }
    }

    private double time() throws PackException {
        double sum = base(Label.BT) + (has(Label.T) ? numbers[Label.T.ordinal()] : 0);
        return finite(sum < LEAST_ABSOLUTE_TIME ? now + sum : sum, "time");
    }

    private double value() throws PackException {
        return finite(base(Label.BV) + numbers[Label.V.ordinal()], "value");
    }

    private double sum() throws PackException {
        return finite(base(Label.BS) + (has(Label.S) ? numbers[Label.S.ordinal()] : 0), "sum");
    }

    private boolean hasSum() {
        return has(Label.S) || (seenInPack & Label.BS.bit()) != 0;
    }

    private double base(Label label) {
        return (seenInPack & label.bit()) != 0 ? numbers[label.ordinal()] : 0;
    }

    private boolean has(Label label) {
        return (seen & label.bit()) != 0;
    }

    private double finite(double number, String what) throws PackException {
        if (!Double.isFinite(number)) {
            throw refuse("with its base the " + what + " is not finite");
        }
        return number;
    }
}
