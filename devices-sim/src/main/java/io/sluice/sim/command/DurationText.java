package io.sluice.sim.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 30}, {@code 30s}, {@code 500ms}, {@code 5m}, {@code 1h}, or ISO 8601. */
final class DurationText implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        String form = text.strip().toLowerCase(Locale.ROOT);
        try {
            if (form.endsWith("ms")) {
                return Duration.ofMillis(Long.parseLong(form.substring(0, form.length() - 2)));
            }
            if (form.startsWith("p")) {
                return Duration.parse(form);
            }
            return Duration.parse("pt" + (form.matches("\\d+") ? form + "s" : form));
        } catch (DateTimeException | NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a duration such as 30s, 5m, 1h");
        }
    }
}
