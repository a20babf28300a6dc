package org.witan.genesis.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing in a document is guessed, and every problem has its place. */
class StrictJsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'a':1.0}         | line 1, column 6: a: a number with a fraction or an exponent",
                "{'a':1e3}         | line 1, column 6: a: a number with a fraction or an exponent",
                "{'a':null}        | line 1, column 6: a: null is not allowed, leave the field out",
                "{'a':[1,null]}    | line 1, column 9: a[1]: null is not allowed",
                "{'a':1,'a':1}     | line 1, column 8: a: this field stands twice",
                "{'a':{'b':1,'b':2}}| line 1, column 13: a.b: this field stands twice",
                "{'a':9007199254740992} | a number beyond 9007199254740991",
                "{'a':-9007199254740992} | a number beyond 9007199254740991",
                "{'a':99999999999999999999999} | a number beyond 9007199254740991",
                "{'a':'\\ud800'}    | half of a surrogate pair",
                "{'a':1} {}        | line 1, column 9: something stands behind the end",
                "[1]               | line 1, column 1: the document is not a JSON object",
                "''                | the document is not a JSON object",
                "{'a':             | line 1, column 6: not JSON",
                "{'a':01}          | not JSON",
                "{'a':NaN}         | not JSON",
                "{'a':+1}          | not JSON",
                "{'a':.5}          | not JSON",
                "{a:1}             | not JSON",
                "{'a':1,}          | not JSON",
                "{'a':1}//x        | not JSON",
                "{'a' 1}           | not JSON",
                "{'a':tru}         | not JSON"
            })
    void refuses(String text, String problem) {
        Problems problems = problemsOf(text.replace('\'', '"'));
        assertThat(problems.found()).singleElement().asString().contains(problem);
    }

    @Test
    void refusesAnEmptyDocument() {
        assertThat(problemsOf("").found())
                .singleElement()
                .hasToString("line 1, column 1: the document is not a JSON object");
    }

    @Test
    void saysAllProblemsAtOnceWithLinesAndColumns() {
        Problems problems =
                problemsOf("{\n  \"a\": 1.5,\n  \"b\": null,\n  \"a\": 2,\n  \"é\": 1e1\n}");
        assertThat(problems.found())
                .extracting(Problem::toString)
                .containsExactly(
                        "line 2, column 8: a: a number with a fraction or an exponent",
                        "line 3, column 8: b: null is not allowed, leave the field out",
                        "line 4, column 3: a: this field stands twice",
                        "line 5, column 8: \"é\": a number with a fraction or an exponent");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] latin1 = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        Problems problems = new Problems();
        assertThat(StrictJson.read(latin1, problems)).isEmpty();
        assertThat(problems.found()).singleElement().asString().contains("not UTF-8");
    }

    @Test
    void refusesAByteOrderMark() {
        assertThat(problemsOf("\ufeff{}").none()).isFalse();
    }

    @Test
    void readsSixteenLevelsAndNotSeventeen() {
        assertThat(problemsOf(nested(16)).none()).isTrue();
        assertThat(problemsOf(nested(17)).found())
                .singleElement()
                .asString()
                .contains("more than 16 levels");
        assertThat(problemsOf("{\"a\":" + "[".repeat(500_000)).none()).isFalse();
    }

    @Test
    void readsOneMebibyteAndNotMore() {
        String head = "{\"a\":1";
        String padding = " ".repeat(StrictJson.MAX_BYTES - head.length() - 1);
        assertThat(problemsOf(head + padding + "}").none()).isTrue();
        assertThat(problemsOf(head + padding + " }").found())
                .singleElement()
                .hasToString("the document has more than 1 MiB");
    }

    @Test
    void keepsAHundredProblemsAndCountsTheRest() {
        Problems problems = problemsOf("{\"a\":[" + "null,".repeat(4999) + "null]}");
        assertThat(problems.found()).hasSize(Problems.MAX + 1);
        assertThat(problems.found().getLast()).hasToString("and 4900 more problems");
    }

    @Test
    void quotesInputShortAndPrintable() {
        assertThat(Problems.quote("a\u202e\n")).isEqualTo("\"a??\"");
        assertThat(Problems.quote("x".repeat(1000))).hasSizeLessThan(45);
    }

    @Test
    void readsLargestAndSmallestNumbers() {
        Problems problems = problemsOf("{\"a\":[9007199254740991,-9007199254740991,-0]}");
        assertThat(problems.none()).isTrue();
    }

    @Test
    void cutsAFieldOutOfALargerText() {
        String text = "{\"x\":[1.5,null,{\"genesis\":{}}],\"genesis\": {\"a\":{}} ,\"y\":2}";
        assertThat(Excerpt.field(text, "genesis")).contains("{\"a\":{}}");
        assertThat(Excerpt.field(text, "y")).isEmpty();
        assertThat(Excerpt.field("[1]", "genesis")).isEmpty();
        assertThat(Excerpt.field("{\"a\":", "genesis")).isEmpty();
    }

    @Test
    void guessesOnlyWhatIsNear() {
        java.util.List<String> known = java.util.List.of("validators", "rules");
        assertThat(Nearest.of("validator", known)).contains("validators");
        assertThat(Nearest.of("Rules", known)).contains("rules");
        assertThat(Nearest.of("members", known)).isEqualTo(Optional.empty());
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    }

    private static Problems problemsOf(String text) {
        Problems problems = new Problems();
        StrictJson.read(text.getBytes(StandardCharsets.UTF_8), problems);
        return problems;
    }

    private static String nested(int levels) {
        return "{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
    }
}
