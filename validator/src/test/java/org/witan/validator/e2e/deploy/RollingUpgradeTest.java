package org.witan.validator.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.validator.cli.http.NodeClient;
import org.witan.validator.e2e.Network;
import org.witan.validator.e2e.Witan;

/**
 * Four validators of a program that speaks level 1 get one that speaks level 2, one by one under
 * load, with a plan on the ledger: one fails, and all go back; then all roll, in a run that is cut
 * off and taken up. Then level 2 is put in force while one is away.
 */
@Tag("fire")
@Tag("alone")
class RollingUpgradeTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final String FORGED = "a\nforged";

    @TempDir private Path scratch;

    @Test
    void aRuleOfValidityComesIntoForceAndNoWriteIsLostOnTheWay() throws Exception {
        Path next = Witan.launcher();
        Path first = Release.ofLevelOne(scratch.resolve("first"));
        try (Network network = Network.up(first, scratch.resolve("d"), 4);
                Applications writers = new Applications(network)) {
            Roll roll = Roll.ofDevnet(network, first);
            plan(network);
            anAbortGoesBack(network, roll);
            allRoll(network, roll, next.toString());
            theLevelIsPutInForce(network, roll, first);

            writers.awaitMore(8, SOON);
            writers.stop();
            network.awaitAgreement(SOON, 1, 2, 3, 4);
            requireAll(network, writers, roll);
        }
    }

    private void plan(Network network) throws Exception {
        Path archive = Files.writeString(scratch.resolve("witan-next.tar.gz"), "the archive");
        Path home = network.home(1);
        decide(
                network,
                1,
                List.of("upgrade", "propose", "--level", 2, "--artifact", archive),
                List.of("--deadline", "+100000", "--home", home, "-y"));
        assertThat(plan(network, "stage")).isEqualTo("approved");
    }

    /** The second validator does not come back, and the first one is taken back by a person. */
    private void anAbortGoesBack(Network network, Roll roll) throws Exception {
        Path program = Release.thatStartsOne(scratch);
        Roll.Said failed = roll.run("--to", program.toString());
        assertThat(failed.exitCode()).as(failed.text()).isEqualTo(9);
        assertThat(failed.text())
                .contains(": done", "error[GATE_SHUT]", "does not start", ": back to ");
        assertThat(plan(network, "failures")).isEqualTo("1");
        assertThat(spoken(network)).containsOnlyOnce("2");
        assertThat(witan("upgrade", "finalize", "--home", network.home(1)).exitCode()).isEqualTo(7);
        Roll.Said back = roll.run("--to", program.toString(), "--back");
        assertThat(back.exitCode()).as(back.text()).isZero();
        assertThat(spoken(network)).containsOnly("1");
    }

    private static void allRoll(Network network, Roll roll, String next) throws Exception {
        Roll.Said cut = roll.until(line -> line.endsWith(": stop"), "--to", next);
        assertThat(cut.exitCode()).as(cut.text()).isNotZero();
        Roll.Said rolled = roll.run("--to", next);
        assertThat(rolled.exitCode()).as(rolled.text()).isZero();
        assertThat(spoken(network)).containsOnly("2");
        assertThat(plan(network, "stage")).isEqualTo("soaking");
        assertThat(level(network, 1)).isEqualTo("1");
        assertThat(put(network, FORGED).exitCode()).as("at level 1").isZero();
        assertThat(network.folder().resolve("rolling-upgrade.state.backups/v1/checkpoint.json"))
                .exists();
    }

    private void theLevelIsPutInForce(Network network, Roll roll, Path first) throws Exception {
        roll.leaves(4);
        witan("stop", "--home", network.home(4)).ok();
        roll.left(4);
        List<Object> home = List.of("--home", network.home(1), "-y");
        decide(network, 2, List.of("upgrade", "finalize"), home);
        assertThat(level(network, 1)).isEqualTo("2");
        assertThat(put(network, FORGED).err()).contains("error[KEY_NOT_PRINTABLE]");
        requireTooLow(first, network);
        network.devnet("start", 4).ok();
    }

    private static Witan.Said witan(Object... words) throws Exception {
        return Witan.run(words);
    }

    private static Witan.Said put(Network network, String key) throws Exception {
        return witan("entry", "put", key, "x", "--home", network.home(1));
    }

    /** Two more organisations approve what the first one proposes. */
    private static void decide(Network network, long number, List<?> proposal, List<?> options)
            throws Exception {
        Object[] words =
                java.util.stream.Stream.concat(proposal.stream(), options.stream()).toArray();
        witan(words).ok();
        for (int i = 2; i <= 3; i++) {
            witan("member", "approve", number, "--home", network.home(i), "-y").ok();
        }
    }

    private static String plan(Network network, String field) {
        return network.get(1, "/v1/upgrade").inner("plan").shown(field);
    }

    private static String level(Network network, int i) {
        return network.get(i, "/v1/status").shown("protocolLevel");
    }

    /** The level that each validator's program speaks, of those that run. */
    private static List<String> spoken(Network network) {
        return java.util.stream.IntStream.rangeClosed(1, 4)
                .filter(i -> Files.exists(network.home(i).resolve("witan.pid")))
                .mapToObj(i -> network.get(i, "/v1/status").shown("greatestLevel"))
                .toList();
    }

    /** The program of level 1 follows up to the boundary, ends, and does not start again. */
    private void requireTooLow(Path first, Network network) throws Exception {
        for (int attempt = 0; attempt < 2; attempt++) {
            Path said = Files.createTempFile(scratch, "old", ".err");
            Process old =
                    new ProcessBuilder(first.toString(), "start", "--home", "" + network.home(4))
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile())
                            .start();
            assertThat(old.waitFor()).as(Files.readString(said)).isEqualTo(7);
            assertThat(Files.readString(said))
                    .contains(
                            "error[LEVEL_TOO_LOW]",
                            "protocol level 2 is in force, and this program speaks up to 1");
        }
    }

    /**
     * Nothing was refused. A call of which nobody knew the end ran while a validator went down, and
     * the same bytes were acknowledged when they were handed in again.
     */
    private static void requireAll(Network network, Applications writers, Roll roll) {
        assertThat(writers.acknowledged()).hasSizeGreaterThan(200);
        assertThat(network.lacking(2, writers.acknowledged())).isEmpty();
        long pause = longestPauseMillis(network);
        System.out.printf(
                "fire: rolling upgrade: %d writes, %d handed in again, longest pause %d ms%n",
                writers.acknowledged().size(), writers.troubles().size(), pause);
        assertThat(writers.troubles())
                .noneMatch(Applications.Trouble::refused)
                .allMatch(call -> roll.excuses(call.begun(), call.ended()));
        assertThat(pause).isLessThan(LONGEST_PAUSE.toMillis());
    }

    /** By the times in the blocks: all of them were made while somebody wrote. */
    private static long longestPauseMillis(Network network) {
        long longest = 0;
        try (NodeClient client = network.client(1)) {
            long head = client.get("/v1/status").number("height").orElseThrow();
            Instant last = blockTime(client, 1);
            for (long height = 2; height <= head; height++) {
                Instant time = blockTime(client, height);
                longest = Math.max(longest, Duration.between(last, time).toMillis());
                last = time;
            }
        }
        return longest;
    }

    private static Instant blockTime(NodeClient client, long height) {
        var block = client.get("/v1/blocks/" + height + "?limit=1");
        return Instant.parse(block.inner("header").shown("time"));
    }
}
