package org.witan.validator.e2e.operating;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.e2e.Await;
import org.witan.validator.e2e.Network;
import org.witan.validator.e2e.Witan;

/** Organisations decide with the command line, and what they decided is in force at all nodes. */
@Tag("fire")
class GovernE2eTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir private Path folder;

    @Test
    void fourOrganisationsDecideAndMembersSpeakForThemselves() throws Exception {
        try (Network network = Network.up(folder.resolve("d"), 4)) {
            rulesChange(network);
            whatLeavesNoMarginIsForcedAndRecordedAndTakenBack(network);
            aMemberMoves(network);
            keysRotate(network);
        }
    }

    private static void rulesChange(Network network) throws Exception {
        Witan.Said proposed =
                as(network, 1, "config", "propose", "heartbeatSeconds=30", "-o", "json").ok();
        assertThat(proposed.json().shown("status")).isEqualTo("open");
        assertThat(proposed.json().shown("number")).isEqualTo("1");
        assertThat(proposed.json().shown("approvalsNeeded")).isEqualTo("3");
        as(network, 2, "member", "approve", "1").ok();
        assertThat(as(network, 2, "member", "approve", "1").exitCode()).isEqualTo(4);
        Fields last = as(network, 3, "member", "approve", "1", "-o", "json").ok().json();
        assertThat(last.shown("status")).isEqualTo("applied");
        assertThat(last.shown("activeEpoch")).isEqualTo("2");
        assertThat(last.number("activeHeight").orElseThrow())
                .isEqualTo(last.number("height").orElseThrow() + 1);
        Await.until(
                "v4 has the rule",
                SOON,
                () ->
                        as(network, 4, "config", "params")
                                .out()
                                .contains("heartbeatSeconds        30"));
        assertThat(as(network, 4, "member", "history").ok().out())
                .contains("set heartbeatSeconds=30");
        Witan.Said late = as(network, 4, "member", "approve", "1");
        assertThat(late.exitCode()).isEqualTo(4);
        assertThat(late.err()).contains("error[CHANGE_CLOSED]");
    }

    private static void whatLeavesNoMarginIsForcedAndRecordedAndTakenBack(Network network)
            throws Exception {
        Object[] role = {"member", "propose", "role", "v4", "observer", "-o", "json"};
        assertThat(as(network, 1, role).exitCode()).isEqualTo(7);
        assertThat(as(network, 1, "member", "proposals", "-o", "json").ok().out().strip())
                .isEqualTo("[]");
        // The ledger has the last word: a founded minimum of four is not undercut by insisting.
        Witan.Said few = as(network, 1, "member", "propose", "remove", "v4", "--force");
        assertThat(few.exitCode()).isEqualTo(7);
        assertThat(few.err()).contains("error[TOO_FEW_VALIDATORS]");
        network.devnet("kill", 4).ok();
        Await.until(
                "v1 misses v4",
                SOON,
                () -> network.get(1, "/v1/status").shown("margin").equals("0"));
        Path key = made(network.home(3));
        Path request = network.folder().resolve("v3.request");
        as(network, 3, "member", "request", "replace-key", key, "--out", request).ok();
        Object[] propose = {"member", "propose", "replace-key", request, "-o", "json"};
        Witan.Said refused = as(network, 1, propose);
        assertThat(refused.exitCode()).isEqualTo(7);
        assertThat(refused.err()).contains("NO_MARGIN", "would stop the network");
        Object[] forced = {
            "member", "propose", "replace-key", request, "-o", "json", "--force", "--reason", "lost"
        };
        Fields recorded = as(network, 1, forced).ok().json();
        assertThat(recorded.flag("forced")).isTrue();
        assertThat(recorded.inner("effect").inner("after").shown("margin")).isEqualTo("-1");
        String number = recorded.shown("number");
        assertThat(as(network, 2, "member", "withdraw", number).exitCode()).isEqualTo(4);
        as(network, 1, "member", "withdraw", number).ok();
        assertThat(network.get(1, "/v1/changes/" + number).shown("status")).isEqualTo("withdrawn");
        network.devnet("start", 4).ok();
        network.awaitAgreement(SOON, 1, 2, 3, 4);
    }

    private static void aMemberMoves(Network network) throws Exception {
        as(network, 4, "member", "endpoints", "v4.example:7400", "127.0.0.1:7404").ok();
        Await.until(
                "v1 knows",
                SOON,
                () ->
                        network.get(1, "/v1/members/v4")
                                .texts("endpoints")
                                .contains("ws://v4.example:7400"));
    }

    private static void keysRotate(Network network) throws Exception {
        Path home = network.home(3);
        Path key = home.resolve("next.key");
        as(network, 3, "key", "rotate", key).ok();
        Witan.run("stop", "--home", home).ok();
        Files.move(
                key, home.resolve("node.key"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        network.devnet("start", 3).ok();
        Fields member = as(network, 1, "member", "show", "v3", "--wait", "-o", "json").ok().json();
        assertThat(member.shown("keyNumber")).isEqualTo("1");
        assertThat(member.inner("attestation").number("height")).isPresent();
        network.awaitAgreement(SOON, 1, 2, 3, 4);
    }

    /** A new key under the passphrase of a home. */
    private static Path made(Path home) throws Exception {
        Path file = home.resolve("next.key");
        Path passphrase = home.resolve("passphrase");
        Witan.run("key", "new", "--out", file, "--passphrase-file", passphrase).ok();
        return file;
    }

    private static Witan.Said as(Network network, int organisation, Object... words)
            throws Exception {
        Object[] all = java.util.Arrays.copyOf(words, words.length + 2);
        all[words.length] = "--home";
        all[words.length + 1] = network.home(organisation);
        return Witan.run(all);
    }
}
