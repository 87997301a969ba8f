package io.sluice.bench;

import io.sluice.telemetry.MetricRule;
import io.sluice.telemetry.Profile;
import io.sluice.telemetry.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A message of the load `s10`, and the profile that knows its metrics. */
public final class SamplePack {
    public static final int READINGS = 10;

    private SamplePack() {}

    public static byte[] json(long nowMs) {
        return pack(nowMs).getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] cbor(long nowMs) {
        return CborPack.of(pack(nowMs));
    }

    private static String pack(long nowMs) {
        return Messages.pack(READINGS, String.format(Locale.ROOT, "\"bt\":%.3f,", nowMs / 1e3), -1, new Random(7));
    }

    /** Strict, so that every rule is applied; the rate is the only one that nobody reaches. */
    public static Profile profile() {
        return new Profile(
                "bench",
                true,
                1_000_000_000,
                1_000_000_000,
                Messages.PROFILE.stream()
                        .map(metric -> new MetricRule(
                                metric.name(), metric.unit(), ValueType.NUMBER, metric.min(), metric.max()))
                        .collect(Collectors.toMap(MetricRule::name, Function.identity())));
    }
}
