package org.witan.validator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** What every verb says and ends with when it is called wrongly, or finds nothing. */
class WrongCallsTest {
    private static final String NOBODY = "http://127.0.0.1:1";

    @TempDir private Path folder;

    private record Said(int exitCode, String out, String err) {}

    private static Said run(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                Main.run(
                        arguments.toArray(String[]::new),
                        new PrintWriter(out),
                        new PrintWriter(err));
        return new Said(code, out.toString(), err.toString());
    }

    private static Said run(String words, String... more) {
        List<String> arguments = new ArrayList<>(List.of(words.split(" ")));
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    /** Every command by its words: those with verbs below them, and the verbs themselves. */
    private static Map<String, CommandLine> commands() {
        Map<String, CommandLine> all = new TreeMap<>();
        collect("", Main.commandLine(), all);
        assertThat(all).hasSizeGreaterThan(50);
        return all;
    }

    private static void collect(String words, CommandLine command, Map<String, CommandLine> all) {
        command.getSubcommands()
                .forEach((name, inner) -> {
                    String full = words.isEmpty() ? name : words + " " + name;
                    all.put(full, inner);
                    collect(full, inner, all);
                });
    }

    /** Three parts on the error output, the second of at least one line; no data. */
    private static void assertTold(String words, Said said, int exitCode, String code) {
        assertThat(said.exitCode()).as("%s: %s", words, said).isEqualTo(exitCode);
        assertThat(said.out()).as(words).isEmpty();
        List<String> lines = said.err().lines().toList();
        assertThat(lines).as("%s: %s", words, said).hasSizeGreaterThanOrEqualTo(3);
        assertThat(lines.getFirst()).as(words).startsWith("error[" + code + "] ");
        assertThat(lines.get(1)).as(words).startsWith("  ").isNotBlank();
        assertThat(lines.getLast()).as(words).startsWith("  try: ").doesNotEndWith("try: ");
        assertThat(said.err()).as(words).doesNotContain("Exception", "null");
    }

    @Test
    void anUnknownOptionIsUsage() {
        commands()
                .keySet()
                .forEach(words -> {
                    Said said = run(words, "--no-such-option");
                    assertTold(words, said, 2, "USAGE");
                });
    }

    @Test
    void whatNeedsMoreWordsSaysSo() {
        commands()
                .forEach((words, command) -> {
                    boolean onlyGroups =
                            !command.getSubcommands().isEmpty()
                                    && !(command.getCommand() instanceof Callable<?>);
                    boolean needsMore =
                            onlyGroups
                                    || command.getCommandSpec().args().stream()
                                            .anyMatch(ArgSpec::required);
                    if (needsMore) {
                        assertTold(words, run(words), 2, "USAGE");
                    }
                });
    }

    @Test
    void aFailureForScriptsIsOneJsonObject() {
        Said said = run("status", "--node", NOBODY, "-o", "json");
        assertThat(said.exitCode()).isEqualTo(5);
        assertThat(said.err().lines()).hasSize(1);
        assertThat(said.err())
                .startsWith("{\"error\":{\"code\":\"NODE_UNREACHABLE\",\"message\":")
                .contains("\"details\":", "\"fix\":");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "status --all",
                "status --check",
                "why",
                "peer list",
                "peer matrix",
                "peer ping v1",
                "ledger head",
                "ledger get 1",
                "ledger tail",
                "entry get v1/a",
                "entry list",
                "member list",
                "member show v1",
                "member history",
                "member proposals",
                "member propose remove v1 --dry-run",
                "config params",
                "invite list",
                "invite revoke 0123456789"
            })
    void anUnreachableNodeIsNamed(String words) {
        Said said = run(words, "--node", NOBODY);
        assertTold(words, said, 5, "NODE_UNREACHABLE");
        assertThat(said.err()).contains(NOBODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "genesis show",
                "genesis hash",
                "genesis verify",
                "genesis request --id a --organisation a --endpoint ws://a:1 --key k"
                        + " --governance-key g --out o --draft",
                "key show",
                "key export",
                "proof verify --genesis genesis.json",
                "checkpoint verify c --genesis",
                "config show --config"
            })
    void aMissingFileIsNamed(String words) {
        Path missing = folder.resolve("missing");
        Said said = run(words, missing.toString());
        assertThat(said.exitCode()).as("%s: %s", words, said).isIn(3, 4);
        assertThat(said.err()).as(words).contains("_NOT_FOUND]", missing.toString());
        assertTold(words, said, said.exitCode(), said.err().split("[\\[\\]]", 3)[1]);
    }

    private static List<String> verbsOfAHome() {
        return List.of(
                "start",
                "stop",
                "recover",
                "drain",
                "undrain",
                "entry put k v",
                "entry delete k",
                "ledger verify",
                "ledger export",
                "checkpoint create --out f",
                "member endpoints v1.example:7400");
    }

    private static List<String> verbsThatSign() {
        return List.of(
                "member propose remove v1",
                "member approve 1",
                "member withdraw 1",
                "member request add --organisation acme",
                "member request replace-key f",
                "config propose heartbeatSeconds=5",
                "invite create --role observer --node http://127.0.0.1:1 --ask v1@ws://a:1",
                "key rotate f",
                "key rotate f --governance --key g");
    }

    @ParameterizedTest
    @MethodSource({"verbsOfAHome", "verbsThatSign"})
    void withoutAHomeTheFlagIsNamed(String words) {
        Said said = run(words);
        assertTold(words, said, 2, "NO_HOME");
        assertThat(said.err()).contains("--home DIR is missing", "try: the same with --home DIR");
    }

    @ParameterizedTest
    @MethodSource("verbsOfAHome")
    void aHomeWithoutANodeIsNamed(String words) throws Exception {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Said said = run(words, "--home", empty.toString());
        assertThat(said.exitCode()).as("%s: %s", words, said).isIn(3, 4, 5);
        assertTold(words, said, said.exitCode(), said.err().split("[\\[\\]]", 3)[1]);
        assertThat(said.err()).as(words).contains(empty.toString());
        assertThat(empty).isEmptyDirectory();
    }
}
