package org.witan.genesis.cli;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a command found as JSON on one line.
 *
 * <p>Small on purpose: a command that ends within a fraction of a second cannot load a library for
 * this. A value is a {@link Map} with text keys (written in its order), a {@link List}, a {@link
 * String}, a {@link Number}, a {@link Boolean} or null.
 */
public final class Json {
    private Json() {}

    /**
     * The text of {@code value}.
     *
     * @throws IllegalArgumentException for a value of another type
     */
    public static String text(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        append(value, out);
        return out.toString();
    }

    private static void append(@Nullable Object value, StringBuilder out) {
        switch (value) {
            case null -> out.append("null");
            case String text -> appendText(text, out);
            case Boolean truth -> out.append(truth.booleanValue());
            case Double number when number.isNaN() || number.isInfinite() -> out.append("null");
            case Number number -> out.append(number);
            case Map<?, ?> fields -> appendFields(fields, out);
            case List<?> items -> appendItems(items, out);
            default -> throw new IllegalArgumentException("not for JSON: " + value.getClass());
        }
    }

    private static void appendFields(Map<?, ?> fields, StringBuilder out) {
        out.append('{');
        boolean first = true;
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            appendText(String.valueOf(field.getKey()), out);
            out.append(':');
            append(field.getValue(), out);
        }
        out.append('}');
    }

    private static void appendItems(List<?> items, StringBuilder out) {
        out.append('[');
        for (Iterator<?> all = items.iterator(); all.hasNext(); ) {
            append(all.next(), out);
            if (all.hasNext()) {
                out.append(',');
            }
        }
        out.append(']');
    }

    private static void appendText(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
                        appendEscaped(c, out);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** Surrogates too: half a pair has no UTF-8. */
    private static void appendEscaped(char c, StringBuilder out) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(c >> shift & 0xf, 16));
        }
    }
}
