package org.witan.genesis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.InvariantBroken;
import org.witan.genesis.failure.OperatorError;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every verb of every module shares: its options, its words and its exit codes. */
class FailuresTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Probe probe = new Probe();

    private int run(String... arguments) {
        CommandLine root = new CommandLine(CommandSpec.create().name("witan"));
        root.getCommandSpec()
                .addMixin(GlobalOptions.MIXIN, CommandSpec.forAnnotatedObject(new GlobalOptions()));
        root.addSubcommand("probe", new CommandLine(probe));
        root.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return Failures.install(root).execute(arguments);
    }

    @Test
    void tellsWhatWhyAndWhatToTry() {
        assertThat(run("probe", "--fail=operator"))
                .isEqualTo(ExitCode.VERIFICATION_FAILED.number());
        assertThat(err.toString().lines())
                .containsExactly(
                        "error[TORN] it is torn", "  at one", "  and two", "  try: mend it");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void whatIsQuotedDoesNotSteerTheTerminal() {
        String clears = "\u001b[2J\u009b2J\r";
        OperatorError error =
                new OperatorError(ExitCode.NOT_FOUND, "C", clears, "one\n" + clears, "two\tx");
        Failures.tell(error, new PrintWriter(err), false);
        assertThat(err.toString().lines())
                .containsExactly("error[C] ?[2J?2J?", "  one", "  ?[2J?2J?", "  try: two\tx");
    }

    @Test
    void tellsTheSameAsJson() {
        assertThat(run("-o", "json", "probe", "--fail=operator")).isEqualTo(6);
        assertThat(err.toString().strip())
                .isEqualTo(
                        "{\"error\":{\"code\":\"TORN\",\"message\":\"it is torn\","
                                + "\"details\":\"at one\\nand two\",\"fix\":\"mend it\"}}");
    }

    @Test
    void aBrokenPromiseAndABugHaveTheirOwnCodes() {
        assertThat(run("probe", "--fail=invariant")).isEqualTo(70);
        assertThat(run("probe", "--fail=bug")).isEqualTo(1);
        assertThat(err.toString()).contains("error[BUG]").doesNotContain("\tat ");
        assertThat(run("probe", "--fail=bug", "-v")).isEqualTo(1);
        assertThat(err.toString()).contains("\tat org.witan");
    }

    @Test
    void aDiskThatFailsIsNoBug() {
        assertThat(run("probe", "--fail=unchecked")).isEqualTo(74);
        assertThat(run("probe", "--fail=file")).isEqualTo(74);
        assertThat(err.toString())
                .contains("error[STORAGE_FAILED]", "  No space left", "  there is no x", "df -h")
                .doesNotContain("BUG", "\tat ");
        assertThat(run("probe", "--fail=file", "-v")).isEqualTo(74);
        assertThat(err.toString()).contains("\tat org.witan");
    }

    @Test
    void wrongArgumentsAreUsageAndSayWhereHelpIs() {
        assertThat(run("probe", "--unknown")).isEqualTo(2);
        assertThat(err.toString()).contains("error[USAGE]", "--unknown", "try: witan probe --help");
        assertThat(run("probe", "--timeout", "soon")).isEqualTo(2);
        assertThat(err.toString()).contains("'soon' is not a duration");
        assertThat(run("probe", "--unknown", "-o", "json")).isEqualTo(2);
        assertThat(err.toString()).contains("{\"error\":{\"code\":\"USAGE\"");
    }

    @Test
    void globalOptionsMayStandBeforeOrAfterTheVerb() {
        assertThat(run("--home", "a", "probe", "--timeout", "250ms", "--dry-run")).isZero();
        assertThat(probe.seen.home()).contains(Path.of("a"));
        assertThat(probe.seen.timeout()).contains(Duration.ofMillis(250));
        assertThat(probe.seen.dryRun()).isTrue();
        assertThat(out.toString().strip()).isEqualTo("text");
        assertThat(run("probe", "--output=JSON")).isZero();
        assertThat(out.toString()).endsWith("[\"json\"]\n");
    }

    @Test
    void jsonEscapesWhatMustBe() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("a\"b", Arrays.asList("\u0001\n\\", null, true, 1.5, Double.NaN));
        fields.put("c", Map.of());
        assertThat(Json.text(fields))
                .isEqualTo("{\"a\\\"b\":[\"\\u0001\\n\\\\\",null,true,1.5,null],\"c\":{}}");
        assertThat(Json.text("\uD800")).isEqualTo("\"\\ud800\"");
        assertThatThrownBy(() -> Json.text(new Object()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unitsAreRequiredAndBounded() {
        assertThat(Units.duration("90m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(Units.bytes("64MiB")).isEqualTo(64L << 20);
        for (String bad : List.of("", "30", "s", "-1s", "1 s", "1y", "9999999999999s")) {
            assertThatThrownBy(() -> Units.duration(bad)).hasMessageContaining("not a duration");
        }
        for (String bad : List.of("64", "64MB", "999999999999TiB", "x")) {
            assertThatThrownBy(() -> Units.bytes(bad)).hasMessageContaining("not a size");
        }
    }

    @Command(name = "probe")
    static final class Probe implements java.util.concurrent.Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Option(names = "--fail")
        private String fail = "";

        private GlobalOptions seen = new GlobalOptions();

        @Override
        public Integer call() throws IOException {
            seen = GlobalOptions.of(spec);
            switch (fail) {
                case "operator" ->
                        throw new OperatorError(
                                ExitCode.VERIFICATION_FAILED,
                                "TORN",
                                "it is torn",
                                "at one\nand two",
                                "mend it");
                case "invariant" -> throw new InvariantBroken("one is two");
                case "unchecked" ->
                        throw new UncheckedIOException(new IOException("No space left"));
                case "file" -> throw new NoSuchFileException("x");
                case "bug" -> throw new IllegalStateException("planted");
                default -> seen.print(spec, List.of("text"), List.of("json"));
            }
            return 0;
        }
    }
}
