package org.witan.genesis.json;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Writes a {@link Value} as JSON: the same value gives the same bytes everywhere. */
public final class JsonText {
    private final StringBuilder out = new StringBuilder();
    private final boolean canonical;

    private JsonText(boolean canonical) {
        this.canonical = canonical;
    }

    /**
     * The form that is hashed: RFC 8785 in UTF-8, without white space, fields ascending by the
     * UTF-16 units of their names.
     */
    public static byte[] canonical(Value value) {
        JsonText text = new JsonText(true);
        text.append(value, "");
        return text.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The form for files: UTF-8, one field or item per line, two spaces per level, in order. */
    public static byte[] indented(Value value) {
        JsonText text = new JsonText(false);
        text.append(value, "\n");
        return text.out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private void append(Value value, String margin) {
        switch (value) {
            case Value.Fields(var _, var members) -> appendFields(members, margin);
            case Value.Items items -> appendItems(items, margin);
            case Value.Text(var _, var text) -> appendText(text);
            case Value.Whole(var _, var number) -> out.append(number);
            case Value.Truth(var _, var truth) -> out.append(truth);
            case Value.Refused _ -> throw new IllegalArgumentException("a refused value");
        }
    }

    private void appendFields(SequencedMap<String, Value.Member> members, String margin) {
        // String.compareTo orders by UTF-16 units, as RFC 8785, section 3.2.3, wants it.
        Map<String, Value.Member> ordered = canonical ? new TreeMap<>(members) : members;
        out.append('{');
        Iterator<Map.Entry<String, Value.Member>> all = ordered.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Value.Member> field = all.next();
            newLine(margin, "  ");
            appendText(field.getKey());
            out.append(canonical ? ":" : ": ");
            append(field.getValue().value(), margin + "  ");
            out.append(all.hasNext() ? "," : "");
        }
        newLine(members.isEmpty() ? "" : margin, "");
        out.append('}');
    }

    private void appendItems(Value.Items items, String margin) {
        out.append('[');
        Iterator<Value> all = items.values().iterator();
        while (all.hasNext()) {
            newLine(margin, "  ");
            append(all.next(), margin + "  ");
            out.append(all.hasNext() ? "," : "");
        }
        newLine(items.values().isEmpty() ? "" : margin, "");
        out.append(']');
    }

    private void newLine(String margin, String more) {
        if (!canonical && !margin.isEmpty()) {
            out.append(margin).append(more);
        }
    }

    /** RFC 8785, section 3.2.2.2: the short escapes, other controls in hex, the rest as it is. */
    private void appendText(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00").append(c < 0x10 ? '0' : '1');
                        out.append(Character.forDigit(c & 0xf, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
