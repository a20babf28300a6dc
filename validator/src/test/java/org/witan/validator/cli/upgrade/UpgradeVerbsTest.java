package org.witan.validator.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.GovernanceOperation.Permit;
import org.witan.chain.block.GovernanceOperation.Report;
import org.witan.chain.change.UpgradePlan;
import org.witan.genesis.crypto.Digest;
import org.witan.validator.api.Snapshots;
import org.witan.validator.cli.ShowingNode;
import org.witan.validator.cli.http.Fields;

/** The verbs against a node that only shows: what is printed, refused, and never handed in. */
class UpgradeVerbsTest extends ShowingNode {
    private static final String HASH = "ab".repeat(32);

    private int run(String... words) {
        List<String> all = new ArrayList<>(List.of("upgrade"));
        all.addAll(List.of(words));
        return witan(all);
    }

    @Test
    void statusShowsTheLevelThePlanAndWhoIsReady() throws IOException {
        assertThat(run("status")).isZero();
        assertThat(out.toString()).containsPattern("level in force +1\nplan +none");
        ledger.planUpgrade();
        ledger.commit(ledger.sign(new Permit(1, 50)));
        assertThat(run("status")).isZero();
        assertThat(out.toString())
                .containsPattern("stage +rolling")
                .containsPattern("artifact +witan-0.2.0.tar.gz")
                .containsPattern("permit +v1 until height 52")
                .containsPattern("v3 +no +- +- +-");
        assertThat(run("status", "-o", "json")).isZero();
        assertThat(json().inner("plan").shown("level")).isEqualTo("2");
    }

    @Test
    void aPlanNamesItsArchiveAndDeadline() throws IOException {
        Path archive = Files.writeString(home.resolve("next.tar.gz"), "bytes");
        String hash = Digest.plain().add("bytes".getBytes(StandardCharsets.UTF_8)).done().hex();
        String[] plan = {
            "propose", "--level", "2", "--deadline", "+500", "--dry-run", "-o", "json"
        };
        assertThat(run(with(plan, "--artifact", archive.toString()))).isZero();
        Fields change = json().inner("change");
        assertThat(change.shown("artifact")).isEqualTo("next.tar.gz");
        assertThat(change.shown("sha256")).isEqualTo(hash);
        assertThat(change.shown("deadline")).isEqualTo("500");
        assertThat(run(with(plan, "--artifact", archive + "#" + HASH))).isEqualTo(6);
        assertThat(err.toString()).contains("\"ARTIFACT_MISMATCH\"");
        assertThat(run(with(plan, "--artifact", "elsewhere.tar.gz#" + HASH))).isZero();
        assertThat(json().inner("change").shown("sha256")).isEqualTo(HASH);
        assertThat(run(with(plan, "--artifact", "elsewhere.tar.gz"))).isEqualTo(4);
        assertThat(run(with(plan, "--artifact", "x#12"))).isEqualTo(2);
        assertThat(run("propose", "--level", "2", "--artifact", "x#" + HASH, "--deadline", "soon"))
                .isEqualTo(2);
        assertThat(node.handed()).isEmpty();
    }

    private static String[] with(String[] words, String... more) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void nothingIsDoneWithoutAnOpenPlan() {
        for (String[] verb : new String[][] {{"permit"}, {"report", "failed"}, {"abort"}}) {
            assertThat(run(verb)).isEqualTo(4);
            assertThat(err.toString())
                    .contains("error[NO_OPEN_PLAN]", "no upgrade plan was ever approved");
        }
        assertThat(run("finalize")).isEqualTo(4);
    }

    @Test
    void itIsNotFinalisedWhileANodeIsSilent() {
        ledger.planUpgrade();
        assertThat(run("finalize")).isEqualTo(7);
        assertThat(err.toString())
                .contains("error[NOT_ATTESTED]", "v1, v2, v3, v4", "witan member propose suspend");
        assertThat(node.handed()).isEmpty();
    }

    @Test
    void aPermitIsForAWhileAndAReportHasThreeWords() throws IOException {
        ledger.planUpgrade();
        assertThat(run("permit", "--dry-run", "-o", "json")).isZero();
        assertThat(json().shown("blocks")).isEqualTo("10000");
        assertThat(run("permit", "--release", "--dry-run", "-o", "json")).isZero();
        assertThat(json().shown("blocks")).isEqualTo("0");
        assertThat(run("permit", "--blocks", "0")).isEqualTo(2);
        assertThat(run("permit", "--blocks", "100001")).isEqualTo(2);
        assertThat(run("permit", "--blocks", "5", "--release")).isEqualTo(2);
        for (var result : UpgradePlan.Result.values()) {
            String word = result.name().toLowerCase(java.util.Locale.ROOT);
            assertThat(run("report", word, "--dry-run", "-o", "json")).isZero();
            assertThat(json().shown("result")).isEqualTo(word);
        }
        assertThat(run("report", "fine")).isEqualTo(2);
        assertThat(node.handed()).isEmpty();
    }

    @Test
    void preflightSaysWhatDoesNotHold() throws IOException {
        assertThat(run("preflight")).isEqualTo(10);
        assertThat(out.toString()).containsPattern("plan +NO +none");
        ledger.planUpgrade();
        assertThat(run("preflight")).isZero();
        assertThat(out.toString())
                .containsPattern("plan +ok +plan 1 is approved")
                .containsPattern("margin +ok +1 can be spared")
                .containsPattern("changes +ok +none open")
                .containsPattern("artifact +- +not asked for");
        assertThat(run("preflight", "--artifact", "witan-0.2.0.tar.gz#" + HASH)).isEqualTo(10);
        assertThat(out.toString()).containsPattern("artifact +NO +witan-0.2.0.tar.gz is not 0{64}");
        ledger.commit(ledger.sign(new Permit(1, 50)));
        assertThat(run("preflight", "-o", "json")).isEqualTo(10);
        assertThat(json().flag("go")).isFalse();
        assertThat(out.toString()).contains("v1 has it");
    }

    @Test
    void preflightWantsAllInSyncOneToSpareAndNoChangeOfMembers() {
        ledger.planUpgrade();
        node.show(Snapshots.unreachable(node.snapshot(), Snapshots.v(4)));
        ledger.proposeKey();
        assertThat(run("preflight")).isEqualTo(10);
        assertThat(out.toString())
                .containsPattern("plan +ok")
                .containsPattern("members +NO +not in sync: \\[v4\\]")
                .containsPattern("margin +NO +0 can be spared")
                .containsPattern("changes +NO +open: \\[2 \\(replace-key\\)\\]");
    }

    @Test
    void twoFailuresSuspendThePlanAndItExpires() throws IOException {
        ledger.planUpgrade();
        ledger.commit(ledger.sign(new Permit(1, 50)));
        ledger.commit(ledger.sign(new Report(1, UpgradePlan.Result.FAILED)));
        ledger.commit(ledger.sign(new Report(1, UpgradePlan.Result.FAILED)));
        ledger.commit(ledger.sign(new Permit(1, 0)));
        assertThat(run("preflight")).isEqualTo(10);
        assertThat(out.toString())
                .containsPattern("plan +NO +plan 1 is [a-z]+, suspended")
                .containsPattern("permit +ok +nobody has it");
        while (ledger.store().tip().height() <= 400) {
            ledger.commit();
        }
        node.show(Snapshots.healthy(ledger.founding(), ledger.store()));
        assertThat(run("status", "-o", "json")).isZero();
        assertThat(json().inner("plan").shown("stage")).isEqualTo("expired");
        assertThat(run("permit")).isEqualTo(4);
        assertThat(err.toString()).contains("error[NO_OPEN_PLAN]", "plan 1 is expired");
    }

    @Test
    void aCandidateIsRunAndHasToSpeakTheLevel() throws IOException {
        ledger.planUpgrade();
        assertThat(run("preflight", "--candidate", program("next", "{\"greatestLevel\":2}", 0)))
                .isZero();
        assertThat(run("preflight", "--candidate", program("old", "{\"version\":\"0.1\"}", 0)))
                .isEqualTo(10);
        assertThat(out.toString()).containsPattern("level +NO +speaks up to 1, the plan wants 2");
        assertThat(run("preflight", "--candidate", program("bad", "{\"greatestLevel\":2}", 3)))
                .isEqualTo(10);
        assertThat(out.toString()).containsPattern("home +NO +error");
        assertThat(run("preflight", "--candidate", home.resolve("none").toString())).isEqualTo(10);
        assertThat(out.toString()).contains("cannot be run");
    }

    private String program(String name, String version, int check) throws IOException {
        Path file = home.resolve(name);
        String text =
                """
                #!/bin/sh
                if [ "$1" = version ]; then echo '%s'; exit 0; fi
                echo 'error[SOME] some words'; exit %d
                """;
        Files.writeString(file, text.formatted(version, check));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }
}
