package org.witan.genesis.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.witan.genesis.Golden;

/** The canonical form of RFC 8785, as far as documents of Witan use it. */
class JsonTextTest {
    /** The example of RFC 8785, section 3.2.2, without its fractions and null. */
    @Test
    void writesTheStandardsExample() {
        String input =
                """
                {
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [true, false], "numbers": [333333333, 4, 2, 0]
                }
                """;
        assertThat(canonical(input))
                .isEqualTo(
                        "{\"literals\":[true,false],\"numbers\":[333333333,4,2,0],"
                                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    /** RFC 8785, section 3.2.3: by UTF-16 units, so a surrogate pair comes before U+FB33. */
    @Test
    void sortsFieldsAsTheStandardDoes() {
        String input =
                """
                {
                  "\\u20ac": "Euro Sign", "\\r": "Carriage Return",
                  "\\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
                  "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
                  "\\u00f6": "Latin Small Letter O With Diaeresis"
                }
                """;
        assertThat(canonical(input))
                .isEqualTo(
                        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                                + "\"ö\":\"Latin Small Letter O With Diaeresis\","
                                + "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\","
                                + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    /** RFC 8785, section 3.2.4: the bytes of the sorted example's first field. */
    @Test
    void writesUtf8() {
        byte[] bytes = canonical("{\"\\u20ac\":\"\\u00f6\"}").getBytes(StandardCharsets.UTF_8);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("7b22e282ac223a22c3b6227d");
    }

    @Test
    void escapesEveryControlCharacterAsTheStandardDoes() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 0x20; c++) {
            all.append(c);
        }
        Value.Fields fields = Value.Fields.empty().with("t", all + "\u007f");
        Golden.text(
                JsonTextTest.class,
                "controls.json",
                new String(JsonText.canonical(fields), StandardCharsets.UTF_8) + "\n");
    }

    @Test
    void doesNotDependOnSpaceOrOrder() {
        String one = canonical("{\"b\":[1,{\"d\":true,\"c\":\"x\"}],\"a\":-0}");
        String two = canonical(" {\n\"a\" : 0 ,\t\"b\":[ 1, {\"c\":\"\\u0078\",\"d\":true} ] } ");
        assertThat(one).isEqualTo(two).isEqualTo("{\"a\":0,\"b\":[1,{\"c\":\"x\",\"d\":true}]}");
    }

    @Test
    void indentsForPeople() {
        Value.Fields fields = read("{\"b\":[],\"a\":{\"x\":[1,\"é\"],\"y\":{}}}");
        Golden.text(
                JsonTextTest.class,
                "indented.json",
                new String(JsonText.indented(fields), StandardCharsets.UTF_8));
    }

    private static String canonical(String text) {
        return new String(JsonText.canonical(read(text)), StandardCharsets.UTF_8);
    }

    private static Value.Fields read(String text) {
        Problems problems = new Problems();
        Value.Fields fields =
                StrictJson.read(text.getBytes(StandardCharsets.UTF_8), problems).orElseThrow();
        assertThat(problems.found()).isEmpty();
        return fields;
    }
}
