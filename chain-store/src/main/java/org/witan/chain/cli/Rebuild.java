package org.witan.chain.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.witan.chain.block.Block;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.rocks.StoreSettings;
import org.witan.chain.state.Execution;
import org.witan.chain.state.Execution.Executed;
import org.witan.chain.state.Execution.Invalid;
import org.witan.chain.state.SignatureCheck;
import org.witan.chain.store.StoreFailed;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.membership.Founding;

/**
 * Executes all blocks again in a store of its own and compares: the state rebuilt from blocks must
 * equal the state. Takes as much disk as the ledger, beside it, for as long as it lasts.
 */
final class Rebuild {
    private final RocksStore store;
    private final Founding founding;
    private final Execution execution;

    Rebuild(RocksStore store, Founding founding) {
        this.store = store;
        this.founding = founding;
        execution = new Execution(founding.networkId(), SignatureCheck.by(Ed25519.VERIFIER));
    }

    /**
     * Rebuilds and compares.
     *
     * @param folder where a temporary folder may be made
     * @param progress is told each height
     */
    void run(Path folder, LongConsumer progress) {
        try {
            Path place = Files.createTempDirectory(folder, "rebuild-");
            try (RocksStore rebuilt =
                    RocksStore.open(StoreSettings.in(place).withKeepStates(1), founding)) {
                for (long height = 1; height <= store.tip().height(); height++) {
                    repeat(rebuilt, store.block(height).orElseThrow());
                    progress.accept(height);
                }
                compare(rebuilt);
            } finally {
                delete(place);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new StoreFailed("rebuilding in " + folder, e);
        }
    }

    private void repeat(RocksStore rebuilt, Block block) {
        long height = block.height();
        var at = Execution.At.of(block.header());
        switch (execution.execute(rebuilt.state(), at, block.body().transactions())) {
            case Invalid(var index, var refusal) ->
                    throw LedgerCheck.broken(
                            "height %d: transaction %d: %s".formatted(height, index, refusal));
            case Executed(var after, var receipts, var next) -> {
                LedgerCheck.require(
                        after.root().equals(block.header().stateRoot()),
                        height,
                        "executing it again gives another state root");
                LedgerCheck.require(
                        next.hash().equals(block.header().nextConfigHash()),
                        height,
                        "executing it again gives another configuration");
                LedgerCheck.require(
                        receipts.equals(store.receipts(height)),
                        height,
                        "executing it again gives other receipts");
                rebuilt.apply(
                        List.of(
                                new StoreWrite.Commit(
                                        block, after, receipts, store.finalization(height))),
                        false);
            }
        }
    }

    private void compare(RocksStore rebuilt) {
        long top = store.tip().height();
        long[] counts = {0, 0};
        store.eachValue((path, value) -> {
            Optional<byte[]> again = rebuilt.state().value(path);
            LedgerCheck.require(
                    again.isPresent() && Arrays.equals(again.get(), value),
                    top,
                    "the value at " + path + " is not the one that the blocks give");
            counts[0]++;
            return true;
        });
        rebuilt.eachValue((path, value) -> {
            counts[1]++;
            return true;
        });
        LedgerCheck.require(
                counts[0] == counts[1],
                top,
                "%d values, but the blocks give %d".formatted(counts[0], counts[1]));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
