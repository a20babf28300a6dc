package org.witan.validator.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Transaction;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.rocks.StoreSettings;
import org.witan.chain.store.StoreWrite;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.validator.e2e.Await;
import org.witan.validator.fire.machine.Shell;
import org.witan.validator.history.Event;
import org.witan.validator.history.Recorder;

/**
 * Validators with a long ledger behind them are killed and started: a start takes seconds, however
 * much was agreed on before it, and nothing acknowledged is lost. The blocks are made and signed
 * beforehand with the validators' own keys, written to one store and copied to the others.
 */
@Tag("fire")
class LongLedgerFireTest {
    private static final int BLOCKS = Integer.getInteger("blocks", 100_000);
    private static final int BLOCKS_OF_ONE_WRITE = 100;
    private static final int VALUE_BYTES = 200;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private final List<Long> returnMillis = new ArrayList<>();

    @Test
    void aStartBehindManyBlocksTakesSeconds() throws Exception {
        Instant founded = Instant.now().minusSeconds(BLOCKS).minus(Duration.ofDays(1));
        List<Fleet.Site> sites = Fleet.loopback(folder, 4);
        try (Recorder recorder = new Recorder(folder.resolve("history.jsonl"));
                Fleet fleet = new Fleet(folder.resolve("f"), sites, founded)) {
            grow(fleet);
            try (Clients clients = Clients.start(fleet.startAll(), recorder, 4, 1)) {
                clients.awaitWrites(recorder.fault("begin", "all"), 10, Fleet.PATIENCE);
                assertThat(fleet.height(1)).isGreaterThan(BLOCKS);
                for (int i = 1; i <= 4; i++) {
                    killAndStart(fleet, clients, i);
                }
                long commit = firstCommitMillis(fleet, clients);
                clients.stop();
                fleet.awaitAgreement(LIMIT, 1, 2, 3, 4);
                fleet.stopAll();
                System.out.printf(
                        "fire: long ledger: %s%n", Evidence.require(fleet, recorder, BLOCKS));
                System.out.printf(
                        "fire: %d blocks: back at the tip %s, first commit by a start %d ms%n",
                        BLOCKS, Timeline.figures(returnMillis), commit);
                Timeline.require("back at the tip after a start", returnMillis, LIMIT);
                Timeline.require("first commit by a start", List.of(commit), LIMIT);
            }
        }
    }

    private void killAndStart(Fleet fleet, Clients clients, int i) throws Exception {
        fleet.kill(i);
        clients.awaitWrites(clients.recorder.fault("kill", "v" + i), 3, Fleet.PATIENCE);
        long before = System.nanoTime();
        fleet.start(i);
        int other = i % 4 + 1;
        Await.until("v" + i + " is back at the tip", Fleet.PATIENCE, () -> fleet.isAtTip(i, other));
        returnMillis.add(Duration.ofNanos(System.nanoTime() - before).toMillis());
    }

    /**
     * Two of four are down, and with them the quorum, until one of them starts. Only a write that
     * is begun afterwards counts: what was under way may have been agreed on before.
     */
    private static long firstCommitMillis(Fleet fleet, Clients clients) throws Exception {
        fleet.kill(3);
        fleet.kill(4);
        Event start = clients.recorder.fault("start", "v4");
        fleet.start(4);
        clients.awaitWrites(start, 3, Fleet.PATIENCE);
        long first = Timeline.firstWriteMillis(clients.recorder.events(), start).orElseThrow();
        fleet.start(3);
        fleet.awaitReady(3);
        return first;
    }

    /** Gives all validators the same ledger. */
    private static void grow(Fleet fleet) throws Exception {
        TestNetwork network =
                new TestNetwork(
                        fleet.founding(),
                        IntStream.rangeClosed(1, fleet.size()).mapToObj(fleet::key).toList(),
                        TestNetwork.key("nobody's"));
        StoreSettings settings = StoreSettings.in(fleet.store(1));
        try (RocksStore store = RocksStore.open(settings, network.founding())) {
            TestChain chain = new TestChain(network);
            List<StoreWrite> blocks = new ArrayList<>();
            for (int height = 1; height <= BLOCKS; height++) {
                blocks.add(chain.next(put(network, height)));
                if (height == BLOCKS || height % BLOCKS_OF_ONE_WRITE == 0) {
                    store.apply(blocks, height == BLOCKS);
                    chain.committed(store);
                    blocks.clear();
                }
            }
        }
        for (int i = 2; i <= fleet.size(); i++) {
            Shell.run("cp", "-a", fleet.store(1).toString(), fleet.store(i).toString());
        }
    }

    private static Transaction put(TestNetwork network, int height) {
        byte[] value = new byte[VALUE_BYTES];
        Operation put = new Operation.Put("before/" + height, value, OptionalLong.empty());
        return network.sign(1, height, height, put);
    }
}
