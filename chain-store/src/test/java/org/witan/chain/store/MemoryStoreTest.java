package org.witan.chain.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;

/** The store of simulations keeps the contract, and forgets what it must forget. */
final class MemoryStoreTest extends StoreContract {
    private MemoryStore memory = new MemoryStore(network.founding());

    @Override
    protected Store open() {
        return memory;
    }

    @Override
    protected Store reopen() {
        memory.crash();
        return memory;
    }

    @Test
    void aCrashLosesWhatWasNotSynced() {
        store.apply(List.of(chain.next()), true);
        store.apply(
                List.of(new StoreWrite.OwnVote(chain.vote(VoteKind.NULLIFY, 5, Hash.NONE))), false);
        store.apply(List.of(chain.next()), false);
        assertThat(memory.unsynced()).isEqualTo(2);

        memory.crash(1);
        assertThat(store.tip().height()).isEqualTo(1);
        assertThat(store.recovered().ownVotes()).hasSize(1);
        memory.wipe("the disk was replaced");
        assertThat(store.tip().height()).isZero();
        assertThat(store.recovered().mayVote()).isFalse();
    }
}
