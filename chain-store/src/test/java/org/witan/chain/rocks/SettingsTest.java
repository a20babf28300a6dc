package org.witan.chain.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Transaction;
import org.witan.chain.state.Execution;
import org.witan.chain.state.Execution.At;
import org.witan.chain.state.Execution.Executed;
import org.witan.chain.state.Execution.Invalid;
import org.witan.chain.state.Execution.Result;
import org.witan.chain.state.SignatureCheck;
import org.witan.chain.store.StoreWrite.Commit;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;

/** What an operator sets at one node changes no verdict and no root. */
final class SettingsTest {
    private static final int BLOCKS = Integer.getInteger("blocks", 50);

    @TempDir Path folder;
    private final Random random = new Random(Long.getLong("seed", 7));
    private final TestNetwork network = TestNetwork.of(4);
    private final Execution execution = new Execution(network.id(), SignatureCheck.FINALIZED);
    private long nonce;

    private List<StoreSettings> settings() {
        return List.of(
                StoreSettings.in(folder.resolve("default")),
                new StoreSettings(folder.resolve("least"), 1 << 20, 1 << 16, 1),
                new StoreSettings(folder.resolve("much"), 256 << 20, 64 << 20, 5000),
                StoreSettings.in(folder.resolve("all")).withKeepStates(Integer.MAX_VALUE));
    }

    @Test
    void storesOfAnySettingsGiveTheSameVerdictsAndRoots() {
        TestChain chain = new TestChain(network);
        List<RocksStore> stores = new ArrayList<>();
        int refused = 0;
        try {
            settings().forEach(s -> stores.add(RocksStore.open(s, network.founding())));
            for (int height = 1; height <= BLOCKS; height++) {
                List<Transaction> wanted = transactions();
                if (executed(stores, height, wanted).getFirst() instanceof Invalid) {
                    refused++;
                    wanted = List.of();
                }
                commit(stores, chain.next(wanted, true), executed(stores, height, wanted));
            }
        } finally {
            stores.forEach(RocksStore::close);
        }
        assertThat(refused).as("blocks refused of %d", BLOCKS).isBetween(1, BLOCKS / 2);
    }

    /** What each store's state makes of a block; none says anything else than the first. */
    private List<Result> executed(List<RocksStore> stores, long height, List<Transaction> wanted) {
        List<Result> results =
                stores.stream()
                        .map(store -> execution.execute(store.state(), new At(height, 0), wanted))
                        .toList();
        assertThat(results.stream().map(SettingsTest::verdict).distinct()).hasSize(1);
        return results;
    }

    private static String verdict(Result result) {
        return switch (result) {
            case Executed done -> done.after().root() + " " + done.receipts();
            case Invalid bad -> bad.toString();
        };
    }

    private static void commit(List<RocksStore> stores, Commit agreed, List<Result> results) {
        for (int i = 0; i < stores.size(); i++) {
            Executed own = (Executed) results.get(i);
            assertThat(own.after().root()).isEqualTo(agreed.block().header().stateRoot());
            Commit commit =
                    new Commit(agreed.block(), own.after(), own.receipts(), agreed.finalization());
            stores.get(i).apply(List.of(commit), false);
            assertThat(stores.get(i).state().root()).isEqualTo(own.after().root());
        }
    }

    /** Puts over each other and deletions; in one block of ten a nonce that was used. */
    private List<Transaction> transactions() {
        List<Transaction> all =
                new ArrayList<>(
                        IntStream.range(0, random.nextInt(6)).mapToObj(this::next).toList());
        if (random.nextInt(10) == 0 && nonce > 0) {
            all.add(network.sign(1, nonce, 1000, put()));
            all.add(network.sign(1, nonce, 1000, put()));
        }
        return all;
    }

    private Transaction next(int index) {
        Operation operation =
                random.nextInt(4) == 0
                        ? new Operation.Delete("k" + random.nextInt(20), OptionalLong.empty())
                        : put();
        return network.sign(1, ++nonce, 1000, operation);
    }

    private Operation put() {
        byte[] value = new byte[random.nextInt(200)];
        random.nextBytes(value);
        return new Operation.Put("k" + random.nextInt(20), value, OptionalLong.empty());
    }
}
