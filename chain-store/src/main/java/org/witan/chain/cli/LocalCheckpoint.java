package org.witan.chain.cli;

import java.util.OptionalLong;
import org.witan.chain.proof.Checkpoint;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.failure.OperatorError;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** Options for a checkpoint of the store of a node that does not run. */
public final class LocalCheckpoint {
    @Mixin private LocalStore local = new LocalStore();

    /**
     * The checkpoint of a height, or of the newest block.
     *
     * @throws OperatorError if there is no store or no such block, or if a running node has it
     */
    public Checkpoint take(CommandSpec spec, OptionalLong height) {
        try (RocksStore store = local.open(spec, local.founding(spec))) {
            return Checkpoint.of(store, height.orElse(store.tip().height()));
        } catch (StoreFailed failure) {
            throw local.failed(spec, failure);
        }
    }
}
