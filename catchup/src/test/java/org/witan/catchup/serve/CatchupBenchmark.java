package org.witan.catchup.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.catchup.sync.Position;
import org.witan.catchup.sync.SyncEffect;
import org.witan.catchup.sync.SyncInput;
import org.witan.catchup.sync.SyncSettings;
import org.witan.catchup.sync.Synchroniser;
import org.witan.catchup.wire.CatchupMessage;
import org.witan.catchup.wire.Reply;
import org.witan.chain.block.Block;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Transaction;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.rocks.StoreSettings;
import org.witan.chain.state.Execution;
import org.witan.chain.state.Execution.Executed;
import org.witan.chain.state.SignatureCheck;
import org.witan.chain.store.Store;
import org.witan.chain.store.StoreWrite.Commit;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.chain.store.Tip;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.membership.NodeId;

/**
 * Figures for docs/performance.md: a joiner takes 2 000 blocks of 50 signed puts from three
 * members, all in one thread and without a network, so that the time of each part can be told
 * apart. {@code ./mvnw -pl catchup -am test -Dgroups=bench}, blocks by {@code -Dblocks=2000}.
 */
@Tag("bench")
final class CatchupBenchmark {
    private static final int BLOCKS = Integer.getInteger("blocks", 2000);
    private static final int TRANSACTIONS = 50;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final TestNetwork network = TestNetwork.of(4);
    private final Execution execution = new Execution(network.id(), SignatureCheck.FINALIZED);
    private final Map<String, Long> cpuNanos = new TreeMap<>();

    @Test
    void catchesUp(@TempDir Path folder) {
        try (RocksStore donor = open(folder.resolve("donor"))) {
            grow(donor);
            for (boolean executing : new boolean[] {false, true}) {
                double[] wall = new double[5];
                for (int run = 0; run < wall.length; run++) {
                    cpuNanos.clear();
                    try (RocksStore joiner = open(folder.resolve("joiner" + executing + run))) {
                        wall[run] = catchUp(donor, joiner, executing);
                    }
                    print(executing, wall[run]);
                }
                Arrays.sort(wall);
                System.out.printf(
                        Locale.ROOT,
                        "executing %b: median %.0f (%.0f to %.0f) tx/s, %.0f blocks/s of wall%n",
                        executing,
                        BLOCKS * TRANSACTIONS / wall[2],
                        BLOCKS * TRANSACTIONS / wall[4],
                        BLOCKS * TRANSACTIONS / wall[0],
                        BLOCKS / wall[2]);
            }
        }
    }

    private RocksStore open(Path folder) {
        return RocksStore.open(StoreSettings.in(folder), network.founding());
    }

    private void grow(Store donor) {
        TestChain chain = new TestChain(network);
        long nonce = 0;
        for (int height = 1; height <= BLOCKS; height++) {
            List<Transaction> transactions = new ArrayList<>();
            for (int i = 0; i < TRANSACTIONS; i++) {
                nonce++;
                transactions.add(
                        network.sign(
                                1,
                                nonce,
                                height + 500,
                                new Operation.Put(
                                        "customer/%020d".formatted(nonce),
                                        new byte[200],
                                        OptionalLong.empty())));
            }
            donor.apply(List.of(chain.next(transactions, true)), false);
            chain.committed(donor);
        }
    }

    /** Seconds from the first question to the hand-over. */
    private double catchUp(Store donor, Store joiner, boolean executing) {
        Synchroniser synchroniser =
                new Synchroniser(
                        new NodeId("v4"), network.id(), Ed25519.VERIFIER, SyncSettings.DEFAULT);
        ServeSettings much = new ServeSettings(1L << 40, 1L << 40, 1);
        RangeServer server = new RangeServer(donor, much, 0);
        Deque<SyncInput> inputs = new ArrayDeque<>();
        for (int i = 1; i <= 3; i++) {
            inputs.add(new SyncInput.Linked(new NodeId("v" + i)));
        }
        Tip tip = joiner.tip();
        inputs.add(
                new SyncInput.Start(
                        new Position(tip.header(), tip.hash(), network.founding().firstEpoch())));
        long start = System.nanoTime();
        while (!inputs.isEmpty()) {
            SyncInput input = inputs.remove();
            long now = (System.nanoTime() - start) / 1_000_000;
            for (SyncEffect effect : timed("3 check", () -> synchroniser.step(now, input))) {
                switch (effect) {
                    case SyncEffect.Ask ask -> inputs.add(answer(server, ask, now));
                    case SyncEffect.Append append ->
                            inputs.add(
                                    new SyncInput.Appended(
                                            append(append, donor, joiner, executing)));
                    case SyncEffect.Finished(var height) -> assertThat(height).isEqualTo(BLOCKS);
                    case SyncEffect.Report _ -> {}
                    default -> throw new AssertionError(effect.toString());
                }
            }
        }
        assertThat(synchroniser.running()).isFalse();
        return (System.nanoTime() - start) / 1e9;
    }

    private SyncInput answer(RangeServer server, SyncEffect.Ask ask, long now) {
        byte[] bytes = timed("1 serve", () -> server.answer(ask.member(), ask.request(), now));
        var reply = timed("2 decode", () -> CatchupMessage.CODEC.decode(bytes).orThrow());
        return new SyncInput.Answered(ask.member(), (Reply) reply);
    }

    private Position append(
            SyncEffect.Append append, Store donor, Store joiner, boolean executing) {
        Block last = append.blocks().getLast();
        if (executing) {
            for (Block block : append.blocks()) {
                Executed outcome =
                        timed(
                                "4 execute",
                                () ->
                                        (Executed)
                                                execution.execute(
                                                        joiner.state(),
                                                        Execution.At.of(block.header()),
                                                        block.body().transactions()));
                assertThat(outcome.after().root()).isEqualTo(block.header().stateRoot());
                timed(
                        "5 commit",
                        () -> {
                            joiner.apply(
                                    List.of(
                                            new Commit(
                                                    block,
                                                    outcome.after(),
                                                    outcome.receipts(),
                                                    donor.finalization(block.height()))),
                                    false);
                            return true;
                        });
            }
        }
        return new Position(last.header(), last.hash(), network.founding().firstEpoch());
    }

    private <T> T timed(String part, Supplier<T> work) {
        long before = THREADS.getCurrentThreadCpuTime();
        T result = work.get();
        cpuNanos.merge(part, THREADS.getCurrentThreadCpuTime() - before, Long::sum);
        return result;
    }

    private void print(boolean executing, double seconds) {
        StringBuilder line = new StringBuilder();
        cpuNanos.forEach((part, nanos) ->
                line.append(
                        String.format(
                                Locale.ROOT,
                                "  %s %.2f s = %.1f us/tx",
                                part,
                                nanos / 1e9,
                                nanos / 1e3 / BLOCKS / TRANSACTIONS)));
        System.out.printf(
                Locale.ROOT, "executing %b: %.2f s wall; CPU:%s%n", executing, seconds, line);
    }
}
