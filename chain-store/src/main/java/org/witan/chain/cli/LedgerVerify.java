package org.witan.chain.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.store.StoreFailed;
import org.witan.chain.store.Tip;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.Founding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code witan ledger verify}: checks the store of a node that does not run. */
@Command(
        name = "verify",
        description = "Check every block, certificate and value in a stopped node's store.")
public final class LedgerVerify implements Callable<Integer> {
    private static final long REPORT_EVERY = 10_000;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private LocalStore local = new LocalStore();

    @Option(
            names = "--deep",
            description = "also execute all blocks again and compare the state that they give")
    private boolean deep;

    @Override
    public Integer call() {
        Founding founding = local.founding(spec);
        try (RocksStore store = local.open(spec, founding)) {
            Tip tip = store.tip();
            if (deep && store.base() > 0) {
                throw noHistory(store.base());
            }
            LedgerCheck check = new LedgerCheck(store, founding);
            check.blocks(progress("checked", tip));
            long values = check.state();
            if (deep) {
                new Rebuild(store, founding).run(local.folder(spec), progress("executed", tip));
            }
            print(store, check.finalizations(), values);
        } catch (StoreFailed failure) {
            throw local.failed(spec, failure);
        }
        return ExitCode.OK.number();
    }

    private LongConsumer progress(String done, Tip tip) {
        GlobalOptions options = GlobalOptions.of(spec);
        return height -> {
            if (height % REPORT_EVERY == 0) {
                options.say(spec, done + " " + height + " of " + tip.height() + " blocks");
            }
        };
    }

    private static OperatorError noHistory(long base) {
        return new OperatorError(
                ExitCode.NOT_FOUND,
                "NO_SUCH_BLOCKS",
                "the blocks cannot be executed again",
                "this ledger begins with the snapshot of height " + base,
                "verify without --deep, or with a store that begins with the genesis");
    }

    private void print(RocksStore store, long finalizations, long values) {
        Tip tip = store.tip();
        // Height 0 is a block; the height of a snapshot is none.
        long blocks = tip.height() - store.base() + (store.base() == 0 ? 1 : 0);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("height", tip.height());
        json.put("hash", tip.hash().hex());
        json.put("stateRoot", tip.header().stateRoot().hex());
        json.put("blocks", blocks);
        json.put("base", store.base());
        json.put("finalizations", finalizations);
        json.put("values", values);
        json.put("deep", deep);
        String state =
                deep ? "state rebuilt from blocks equals the state" : "state matches its root";
        GlobalOptions.of(spec)
                .print(
                        spec,
                        List.of(
                                "ok: %d blocks, %d finalizations, %d values; %s"
                                        .formatted(blocks, finalizations, values, state),
                                "tip: height %d, %s".formatted(tip.height(), tip.hash()),
                                "state root: " + tip.header().stateRoot()),
                        json);
    }
}
