package org.witan.validator.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code deploy/rolling-upgrade.sh} on recorded answers: what each gate does when it stays shut.
 */
@Tag("e2e")
class RollScriptE2eTest {
    private static final String PLANNED = "echo '{\"stage\": \"rolling\", \"suspended\": false}'";

    @TempDir private Path folder;
    private Scripted script;

    @BeforeEach
    void prepare() throws Exception {
        script = new Scripted(folder);
    }

    @Test
    void eachNodeGoesThroughAllGatesInTurn() throws Exception {
        var said = script.run();
        assertThat(said.exitCode()).as(said.text()).isZero();
        assertThat(script.acts().subList(0, 8))
                .containsExactly(
                        "new upgrade gates --margin 1 --node v1 --spare --timeout 0s",
                        "new drain v1",
                        "new checkpoint create --node v1 --out"
                                + " devnet/rolling-upgrade.state.backups/v1/checkpoint.json",
                        "new checkpoint verify"
                                + " devnet/rolling-upgrade.state.backups/v1/checkpoint.json"
                                + " --genesis devnet/rolling-upgrade.state.backups/v1/genesis.json",
                        "new stop v1",
                        "new start --check-only v1",
                        "new devnet start 1",
                        "new upgrade gates --margin 1 --node v1 --soak 0s --timeout 0s");
        assertThat(script.acts()).hasSize(24);
        assertThat(script.state())
                .containsExactly(
                        "from ./old to ./new",
                        "taken ./new v1",
                        "done ./new v1",
                        "taken ./new v2",
                        "done ./new v2",
                        "taken ./new v3",
                        "done ./new v3");
    }

    @Test
    void doneIsDoneAndBackIsTheSameTheOtherWay() throws Exception {
        script.run();
        int before = script.acts().size();
        assertThat(script.run().text()).contains("v1: done before", "v3: done before");
        assertThat(script.acts()).hasSize(before);
        var back = script.run("--back");
        assertThat(back.exitCode()).as(back.text()).isZero();
        assertThat(script.acts()).contains("old start --check-only v1", "old devnet start 3");
        assertThat(script.run("--back").text()).contains("v1: done before", "v3: done before");
    }

    @Test
    void aPlanChangesNothing() throws Exception {
        script.answers("*upgrade status*", PLANNED);
        List<String> before = script.files();
        var said = script.run("--plan-only");
        assertThat(said.exitCode()).as(said.text()).isZero();
        assertThat(said.text())
                .contains("would: v1 (why) drain, backup, stop, start with ./new")
                .contains("would: v3");
        assertThat(script.acts()).isEmpty();
        assertThat(script.files()).isEqualTo(before);
    }

    @Test
    void withAPlanEachRestartHasAPermitAndAReport() throws Exception {
        script.answers("*upgrade status*", PLANNED);
        var said = script.run();
        assertThat(said.exitCode()).as(said.text()).isZero();
        assertThat(script.acts())
                .startsWith(
                        "new upgrade preflight --node v1 --candidate ./new v1",
                        "new upgrade gates --margin 1 --node v1 --spare --timeout 0s",
                        "new upgrade permit --node v2 v1",
                        "new drain v1")
                .containsSubsequence(
                        "new upgrade report upgraded --node v2 v1",
                        "new upgrade permit --release --node v2 v1",
                        "new upgrade permit --node v3 v2")
                .containsOnlyOnce("new upgrade preflight --node v1 --candidate ./new v1");
    }

    @Test
    void theArchiveOfAStagedReleaseIsComparedWithThePlans() throws Exception {
        script.answers("*upgrade status*", PLANNED);
        Files.writeString(folder.resolve("archive.sha256"), "ab12  witan-0.2.0.tar.gz\n");
        script.run();
        assertThat(script.acts())
                .startsWith(
                        "new upgrade preflight --node v1 --candidate ./new"
                                + " --artifact witan-0.2.0.tar.gz#ab12 v1");
    }

    @Test
    void aLedgerWithoutBlocksIsBackedUpByItsGenesis() throws Exception {
        script.answers(
                "*checkpoint create*",
                "echo 'error[NO_SUCH_BLOCKS] there is no checkpoint of height 0' >&2; exit 4");
        var said = script.run();
        assertThat(said.exitCode()).as(said.text()).isZero();
        assertThat(folder.resolve("devnet/rolling-upgrade.state.backups/v3/genesis.json")).exists();
    }

    /** Before anything was stopped: the node goes on as it was, and nothing else was touched. */
    static Stream<Arguments> beforeTheStop() {
        return Stream.of(
                shut("*--spare*", "gate ready 'v3 is not ready'", 7, "NO_MARGIN", ""),
                shut("*preflight*", "gate permit 'v9 has it'", 7, "PREFLIGHT", ""),
                shut("*permit --node*", "refuse PERMIT_HELD 'v9 has it'", 7, "NO_PERMIT", ""),
                shut("*drain*", "exit 5", 7, "NOT_DRAINED", "taken failed"),
                shut("*checkpoint create*", "exit 5", 6, "BACKUP_INVALID", "taken failed"),
                shut("*checkpoint verify*", "exit 6", 6, "BACKUP_INVALID", "taken failed"),
                shut("* stop *", "exit 7", 7, "NO_MARGIN", "taken failed"));
    }

    private static Arguments shut(Object... row) {
        return Arguments.of(row);
    }

    @ParameterizedTest
    @MethodSource
    void beforeTheStop(String call, String answer, int exitCode, String code, String acts)
            throws Exception {
        script.answers(call, shell(answer)).answers("*upgrade status*", PLANNED);
        var said = script.run();
        assertThat(said.exitCode()).as(said.text()).isEqualTo(exitCode);
        assertThat(said.text())
                .contains("error[" + code + "]", "\n  try: ")
                .containsPattern("(?s)nothing was (touched|stopped)|says who has it");
        assertThat(acts(script.state())).isEqualTo(acts);
        assertThat(script.acts()).noneMatch(act -> act.contains("devnet start"));
        if (!acts.isEmpty()) {
            assertThat(script.acts())
                    .endsWith("new undrain v1", "new upgrade permit --release --node v2 v1");
        }
        if (answer.contains("'")) {
            assertThat(said.text()).contains(answer.split("'", -1)[1]);
        }
    }

    /** Behind the stop: the old release is put back, that is reported, and the run ends. */
    static Stream<Arguments> behindTheStop() {
        return Stream.of(
                shut("new start --check-only*", "exit 3", "does not accept its home"),
                shut("new devnet start*", "exit 5", "does not start"),
                shut("*--soak*", "gate ready 'v1 is not ready'", "ready: v1 is not ready"),
                shut("*--soak*", "gate links 'others reach v3'", "links: others reach v3"),
                shut("*--soak*", "gate root 'v2 have another'", "root: v2 have another"),
                shut("*--soak*", "gate signed 'none of the last'", "signed: none of the last"),
                shut(
                        "*report upgraded*",
                        "refuse NOT_ATTESTED 'it says level 1'",
                        "did not attest the plan: it was refused, it says level 1"));
    }

    @ParameterizedTest
    @MethodSource
    void behindTheStop(String call, String answer, String why) throws Exception {
        script.answers(call, shell(answer)).answers("*upgrade status*", PLANNED);
        var said = script.run();
        assertThat(said.exitCode()).as(said.text()).isEqualTo(9);
        assertThat(said.text())
                .contains("v1: back to ./old", "error[GATE_SHUT]", why, "\n  try: ")
                .contains("./old is on it again");
        assertThat(acts(script.state())).isEqualTo("taken failed");
        assertThat(script.acts())
                .containsSubsequence(
                        "old devnet start 1",
                        "new upgrade gates --margin 1 --node v1 --spare --timeout 0s",
                        "new upgrade report failed --node v2 v1",
                        "new upgrade permit --release --node v2 v1")
                .doesNotContain("new drain v2");
    }

    @Test
    void aFailedNodeIsTriedAgainAndTwoFailuresWantAPerson() throws Exception {
        script.answers("new devnet start*", "exit 5");
        assertThat(script.run().exitCode()).isEqualTo(9);
        assertThat(script.run().exitCode()).isEqualTo(9);
        int before = script.acts().size();
        var said = script.run();
        assertThat(said.exitCode()).isEqualTo(7);
        assertThat(said.text()).contains("error[SUSPENDED]", "devnet/rolling-upgrade.state");
        assertThat(script.acts()).hasSize(before);
    }

    @Test
    void aSuspendedPlanLetsNobodyOnButBack() throws Exception {
        script.answers("*upgrade status*", PLANNED.replace("false", "true"));
        script.state("from ./old to ./new", "taken ./new v1", "done ./new v1");
        var said = script.run();
        assertThat(said.exitCode()).isEqualTo(7);
        assertThat(said.text()).contains("error[PLAN_SUSPENDED]", "witan upgrade abort");
        assertThat(script.acts()).isEmpty();
        assertThat(script.run("--back").exitCode()).isZero();
        assertThat(script.acts())
                .contains("old devnet start 1")
                .doesNotContain("old devnet start 2");
    }

    @Test
    void aRunThatWasCutOffIsTakenUp() throws Exception {
        script.state("from ./old to ./new", "taken ./new v2");
        script.answers("*upgrade order*", "echo 'http://127.0.0.1:9002 - silent'");
        script.answers("new status*9002", "[ -e started ]");
        script.answers("new devnet start 2*", ": >started");
        var said = script.run();
        assertThat(said.exitCode()).as(said.text()).isZero();
        assertThat(said.text()).contains("v2: start ./new, where the last run ended");
        assertThat(script.acts()).doesNotContain("new stop v2", "new drain v2");
        assertThat(script.state()).endsWith("done ./new v2");
    }

    @Test
    void twoRunsAtATimeAreOneTooMany() throws Exception {
        var said = script.runLocked();
        assertThat(said.exitCode()).as(said.text()).isEqualTo(7);
        assertThat(said.text()).contains("error[RUNNING]");
        assertThat(script.acts()).isEmpty();
        assertThat(script.run().exitCode()).isZero();
    }

    @Test
    void whatCannotBeginIsSaid() throws Exception {
        script.answers("*upgrade order*", "echo 'http://127.0.0.1:9002 - it does not answer'");
        refused(5, "UNREACHABLE");
        refused(2, "USAGE", "--from", "./new");
        refused(2, "USAGE", "--forwards");
        refused(2, "USAGE", "--soak");
        refused(4, "NO_SUCH_RELEASE", "--to", "./none");
        refused(4, "NO_DEVNET", "--devnet", "elsewhere");
        assertThat(script.acts()).isEmpty();
    }

    private void refused(int exitCode, String code, String... words) throws Exception {
        var said = script.run(words);
        assertThat(said.exitCode()).as(said.text()).isEqualTo(exitCode);
        assertThat(said.text()).contains("error[" + code + "]", "\n  try: ");
    }

    /** The first words of a state file's lines, without the first line. */
    private static String acts(List<String> state) {
        return String.join(
                " ", state.stream().skip(1).map(line -> line.replaceAll(" .*", "")).toList());
    }

    /** A gate that is shut, or a refusal, as the program prints it. */
    private static String shell(String answer) {
        return answer.replaceAll(
                        "gate (\\w+) '(.*)'",
                        "echo 'GATE   FOUND'; echo 'other  ok  fine'; echo '$1  NO  $2'; exit 10")
                .replaceAll(
                        "refuse (\\w+) '(.*)'",
                        "printf 'error[$1] it was refused\\\\n  $2\\\\n  try: x\\\\n' >&2; exit 7");
    }
}
