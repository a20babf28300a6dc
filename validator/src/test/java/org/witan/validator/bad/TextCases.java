package org.witan.validator.bad;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ways in which a document of JSON, one field to a line, can be bad. */
final class TextCases {
    private static final Pattern LEAF =
            Pattern.compile("(?m)^( *)\"([A-Za-z0-9]+)\": (\"[^\"\n]*\"|[0-9]+|true|false)(,?)$");

    private final String good;
    private final List<BadInput> cases = new ArrayList<>();

    private TextCases(String good) {
        this.good = good;
    }

    /** All of them. */
    static List<BadInput> of(byte[] document) {
        TextCases cases = new TextCases(new String(document, StandardCharsets.UTF_8));
        cases.forms();
        cases.encodings(document);
        cases.sizes();
        cases.leaves();
        return cases.cases;
    }

    private void add(String name, String text) {
        cases.add(BadInput.of(name, text));
    }

    private void forms() {
        add("empty", "");
        add("blank", " \n\t\n");
        add("brace", "{");
        add("no-fields", "{}");
        add("null", "null");
        add("list", "[" + good + "]");
        add("text", "\"" + "witan" + "\"");
        add("number", "42");
        add("twice", good + good);
        add("text-behind", good + "x");
        add("brace-behind", good.stripTrailing() + "}");
        add("comma-at-end", good.replaceFirst("\\}\\s*$", ",}"));
        add("comment", "// found by nobody\n" + good);
        add("single-quotes", good.replace('"', '\''));
        add("bare-names", good.replaceAll("\"([A-Za-z]+)\":", "$1:"));
        add("not-a-number", good.replaceFirst(": [0-9]+|: \"[^\"]*\"", ": NaN"));
        add("infinite", good.replaceFirst(": [0-9]+|: \"[^\"]*\"", ": -Infinity"));
        add("yaml", good.replaceAll("[{}\",]", ""));
        for (int percent : new int[] {5, 25, 50, 75, 98}) {
            add("cut-at-" + percent, good.substring(0, good.length() * percent / 100));
        }
    }

    private void encodings(byte[] document) {
        add("mark-in-front", "\ufeff" + good);
        cases.add(new BadInput("utf-16", good.getBytes(StandardCharsets.UTF_16LE)));
        cases.add(new BadInput("utf-32", good.getBytes(StandardCharsets.UTF_32BE)));
        byte[] latin = document.clone();
        latin[good.indexOf('"') + 1] = (byte) 0xe9;
        cases.add(new BadInput("latin-1", latin));
        byte[] zero = document.clone();
        zero[good.indexOf('"') + 1] = 0;
        cases.add(new BadInput("zero-byte", zero));
        byte[] overlong = Arrays.copyOf(document, document.length);
        overlong[good.indexOf('"') + 1] = (byte) 0xc0;
        overlong[good.indexOf('"') + 2] = (byte) 0xaf;
        cases.add(new BadInput("overlong", overlong));
        add("look-alike-name", good.replaceFirst("\"([a-z]*)o", "\"$1\u043e"));
        add("wide-name", good.replaceFirst("\"f?([a-z])", "\"\uff46$1"));
        add("zero-width-name", good.replaceFirst("\"([a-z])", "\"\u200b$1"));
        add("upper-case-name", good.replaceFirst("\"([a-z])", "\"A$1"));
    }

    private void sizes() {
        add("deep-lists", "{\"a\":" + "[".repeat(2000) + "]".repeat(2000) + "}");
        add("deep-objects", "{\"a\":".repeat(2000) + "1" + "}".repeat(2000));
        add("seventeen-levels", "{\"a\":".repeat(17) + "1" + "}".repeat(17));
        add("never-closed", "[".repeat(4000));
        add("long-name", good.replaceFirst("\\{", "{\"" + "n".repeat(200) + "\":1,"));
        add("long-number", good.replaceFirst("\\{", "{\"n\":" + "9".repeat(400) + ","));
        add("large-exponent", good.replaceFirst("\\{", "{\"n\":1e999999999,"));
        add("long-text", good.replaceFirst("\\{", "{\"t\":\"" + "t".repeat(66_000) + "\","));
        add("many-fields", good.replaceFirst("\\{", "{" + "\"x\":0,".repeat(500)));
        add("unknown-field", good.replaceFirst("\\{", "{\"__proto__\":{},"));
    }

    /** Each field: away, twice, null, and of another type. */
    private void leaves() {
        Map<String, Integer> seen = new HashMap<>();
        Matcher leaf = LEAF.matcher(good);
        while (leaf.find()) {
            int number = seen.merge(leaf.group(2), 1, Integer::sum);
            String name = "field-" + leaf.group(2) + (number == 1 ? "" : "-" + number);
            boolean text = leaf.group(3).startsWith("\"");
            String head = leaf.group(1) + "\"" + leaf.group(2) + "\": ";
            edit(name + "-null", leaf, head + "null" + leaf.group(4));
            edit(name + "-type", leaf, head + (text ? "7" : "\"7\"") + leaf.group(4));
            edit(name + "-list", leaf, head + "[" + leaf.group(3) + "]" + leaf.group(4));
            edit(name + "-twice", leaf, head + leaf.group(3) + "," + leaf.group());
            edit(name + "-renamed", leaf, leaf.group().replaceFirst("\"([A-Za-z])", "\"x$1"));
            if (text) {
                edit(name + "-empty", leaf, head + "\"\"" + leaf.group(4));
                edit(name + "-control", leaf, head + "\"a\\u0007b\"" + leaf.group(4));
            } else {
                edit(name + "-fraction", leaf, head + "1.5" + leaf.group(4));
                edit(name + "-huge", leaf, head + "9007199254740993" + leaf.group(4));
            }
        }
    }

    private void edit(String name, Matcher leaf, String line) {
        add(name, good.substring(0, leaf.start()) + line + good.substring(leaf.end()));
    }
}
