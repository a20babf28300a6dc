package org.witan.genesis.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations and sizes as people write them: a number and its unit, {@code 30s} or {@code 64MiB}.
 */
public final class Units {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})([a-zA-Z]+)");

    private Units() {}

    /**
     * A duration written as a number and one of {@code ms s m h d}.
     *
     * @throws IllegalArgumentException with a sentence if {@code text} is none
     */
    public static Duration duration(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw noDuration(text);
        }
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> throw noDuration(text);
        };
    }

    /**
     * A size in bytes, written as a number and one of {@code B KiB MiB GiB TiB}.
     *
     * @throws IllegalArgumentException with a sentence if {@code text} is none
     */
    public static long bytes(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw noSize(text);
        }
        int shift =
                switch (parts.group(2).toLowerCase(Locale.ROOT)) {
                    case "b" -> 0;
                    case "kib" -> 10;
                    case "mib" -> 20;
                    case "gib" -> 30;
                    case "tib" -> 40;
                    default -> throw noSize(text);
                };
        long number = Long.parseLong(parts.group(1));
        if (number > Long.MAX_VALUE >> shift) {
            throw noSize(text);
        }
        return number << shift;
    }

    private static IllegalArgumentException noDuration(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is not a duration: a number with ms, s, m, h or d, such as 30s");
    }

    private static IllegalArgumentException noSize(String text) {
        return new IllegalArgumentException(
                "'"
                        + text
                        + "' is not a size: a number with B, KiB, MiB, GiB or TiB, such as 64MiB");
    }
}
