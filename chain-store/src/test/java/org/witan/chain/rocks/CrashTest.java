package org.witan.chain.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.StoreWrite;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.OperatorError;

/** A process that is killed while it writes has lost nothing that it acknowledged. */
final class CrashTest {
    private static final int KILLS = 3;
    private static final int ROUNDS_BEFORE_KILL = 25;

    @TempDir Path folder;

    /** The process that is killed: commits and votes, and says each number when it is synced. */
    public static void main(String[] arguments) {
        TestNetwork network = TestNetwork.of(4);
        TestChain chain = new TestChain(network);
        try (RocksStore store =
                RocksStore.open(StoreSettings.in(Path.of(arguments[0])), network.founding())) {
            long round = 1;
            while (chain.last().height() < store.tip().height()) {
                chain.next(network.put(round, "k" + round % 7, "v" + round));
                round++;
            }
            System.out.println("ready");
            while (true) {
                store.apply(
                        List.of(chain.next(network.put(round, "k" + round % 7, "v" + round))),
                        true);
                Hash none = Hash.NONE;
                store.apply(
                        List.of(
                                new StoreWrite.OwnVote(
                                        chain.vote(VoteKind.NULLIFY, round + 1, none))),
                        true);
                System.out.println(round);
                round++;
            }
        }
    }

    @Test
    void whatWasAcknowledgedIsThereAfterEachKill() throws IOException, InterruptedException {
        TestNetwork network = TestNetwork.of(4);
        long acknowledged = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged = runAndKill(acknowledged);
            try (RocksStore store = RocksStore.open(StoreSettings.in(folder), network.founding())) {
                long height = store.tip().height();
                assertThat(height).isBetween(acknowledged, acknowledged + 1);
                assertThat(store.recovered().mayVote()).isTrue();
                if (height == acknowledged) {
                    assertThat(store.recovered().ownVotes())
                            .extracting(vote -> vote.ballot().view())
                            .containsExactly(acknowledged + 1);
                }
                assertThat(store.state().root()).isEqualTo(store.tip().header().stateRoot());
            }
        }
        assertThat(acknowledged).isGreaterThanOrEqualTo((long) KILLS * ROUNDS_BEFORE_KILL);
    }

    @Test
    void anotherProcessThatHasTheStoreIsNamed() throws IOException, InterruptedException {
        Process holder = start();
        try (BufferedReader lines = holder.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("ready");
            TestNetwork network = TestNetwork.of(4);
            assertThat(
                            org.assertj.core.api.Assertions.catchThrowableOfType(
                                    OperatorError.class,
                                    () ->
                                            RocksStore.open(
                                                    StoreSettings.in(folder), network.founding())))
                    .extracting(OperatorError::code, OperatorError::why)
                    .containsExactly(
                            "STORE_IN_USE",
                            "process "
                                    + holder.pid()
                                    + " holds it, and two nodes on one store could vote twice");
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    private long runAndKill(long before) throws IOException, InterruptedException {
        Process process = start();
        long last = before;
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("ready");
            for (int i = 0; i < ROUNDS_BEFORE_KILL; i++) {
                last = Long.parseLong(lines.readLine());
            }
            // SIGKILL: no handler, no flush, no farewell. The handle leaves our end open.
            assertThat(process.toHandle().destroyForcibly()).isTrue();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line.matches("[0-9]+") ? Math.max(last, Long.parseLong(line)) : last;
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return last;
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashTest.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
