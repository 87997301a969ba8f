package io.sluice.sim.recording;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How a recording writes its times. Results are ms since 1970; what a source has finer is cut off. */
public interface TimeFormat {

    /** @throws IllegalArgumentException where the text is not of this format; the message says so in a sentence */
    long millis(String text);

    /**
     * @param name {@code epoch-s}, {@code epoch-ms}, {@code iso}, or a pattern as of {@link DateTimeFormatter}
     * @param zone of times that name none
     */
    static TimeFormat named(String name, ZoneId zone) {
        return switch (name) {
            case "epoch-s" -> text -> Math.round(number(text) * 1_000);
            case "epoch-ms" -> text -> Math.round(number(text));
            case "iso" -> text -> iso(text, zone);
            default -> pattern(name, zone);
        };
    }

    /** By an example: a number below 10^11 is seconds, a greater one ms, everything else ISO 8601. */
    static TimeFormat detected(String example, ZoneId zone) {
        if (!example.matches("[+-]?\\d+(\\.\\d*)?")) {
            return named("iso", zone);
        }
        return named(Math.abs(Double.parseDouble(example)) < 1e11 ? "epoch-s" : "epoch-ms", zone);
    }

    private static TimeFormat pattern(String pattern, ZoneId zone) {
        DateTimeFormatter formatter =
                DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(zone);
        return text -> {
            try {
                return Instant.from(formatter.parse(text)).toEpochMilli();
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("'" + text + "' is not a time of the form " + pattern);
            }
        };
    }

    private static double number(String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new IllegalArgumentException("'" + text + "' is not a time in numbers");
    }

    /** With {@code T} or a blank between date and time, with or without an offset. */
    private static long iso(String text, ZoneId zone) {
        String form =
                text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
        try {
            int time = form.indexOf('T');
            boolean offset =
                    form.endsWith("Z") || (time > 0 && form.substring(time).matches(".*[+-].*"));
            return offset
                    ? OffsetDateTime.parse(form).toInstant().toEpochMilli()
                    : LocalDateTime.parse(form).atZone(zone).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is not an ISO 8601 date and time");
        }
    }
}
