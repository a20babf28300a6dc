package org.witan.validator.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.store.MemoryStore;
import org.witan.chain.store.TestNetwork;
import org.witan.validator.pool.Pool;
import org.witan.validator.pool.PoolLimits;

/** When a block is due for the sake of what waits. */
class WorkloadTest {
    private final TestNetwork network = TestNetwork.of(4);
    private final MemoryStore store = new MemoryStore(network.founding());
    private final Pool pool = new Pool(PoolLimits.DEFAULT);
    private final Workload workload = new Workload(pool, chain());

    private Chain chain() {
        var link = store.epoch(1).orElseThrow();
        return new Chain(store, link.epoch(), link.boundaryHash());
    }

    private void arrives(long nonce) {
        Operation put = new Operation.Put("k", new byte[10], OptionalLong.empty());
        Sender sender = Sender.parse("v1");
        Transaction transaction =
                Transaction.sign(
                        new Intent(network.id(), sender, 0, nonce, 100, put),
                        network.validatorKey(1));
        pool.add(transaction, 0, true);
        workload.added(transaction);
    }

    @BeforeEach
    void oneWaits() {
        assertThat(workload.expected()).isFalse();
        arrives(1);
        assertThat(workload.expected()).isTrue();
        workload.exhausted();
        assertThat(workload.expected()).as("it fits on no parent that there is").isFalse();
    }

    @Test
    void anotherTransactionMakesABlockDueAgain() {
        arrives(2);
        assertThat(workload.expected()).isTrue();
    }

    @Test
    void anotherParentMakesABlockDueAgain() {
        workload.changed();
        assertThat(workload.expected()).isTrue();
    }

    @Test
    void aCommitMakesABlockDueAgain() {
        workload.recount();
        assertThat(workload.expected()).isTrue();
    }
}
