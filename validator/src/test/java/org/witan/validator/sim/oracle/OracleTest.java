package org.witan.validator.sim.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.witan.catchup.sync.SyncSettings;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.MemoryStore;
import org.witan.chain.store.StoreWrite;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.CheapKeys;
import org.witan.validator.consensus.Self;
import org.witan.validator.core.Node;
import org.witan.validator.core.NodeSetup;
import org.witan.validator.pool.PoolLimits;

/** Who keeps too much is found. */
class OracleTest {
    private static final TestNetwork NETWORK = TestNetwork.of(4);
    private static final int MOST = 1_632;

    private final Oracle oracle = new Oracle(NETWORK.founding());
    private final MemoryStore disk = new MemoryStore(NETWORK.founding());
    private final TestChain chain = new TestChain(NETWORK);

    private static Node node() {
        Self self =
                new Self(
                        new NodeId("v1"), NETWORK.validatorKey(1), NETWORK.id(), CheapKeys.OR_TRUE);
        MemoryStore empty = new MemoryStore(NETWORK.founding());
        return new Node(
                new NodeSetup(self, PoolLimits.DEFAULT, SyncSettings.DEFAULT),
                empty,
                empty.recovered());
    }

    private void vote(long view) {
        var vote = chain.vote(VoteKind.NULLIFY, view, Hash.NONE);
        disk.apply(List.of(new StoreWrite.OwnVote(vote)), true);
    }

    /** A disk on which nothing ever becomes final and nothing is taken away. */
    @Test
    void aDiskOfWhichNothingIsTakenAwayIsFound() {
        Node node = node();
        for (long view = 1; view <= MOST; view++) {
            vote(view);
        }
        assertThat(disk.unfinal()).isEqualTo(MOST);
        assertThatCode(() -> oracle.watch(node, disk.unfinal(), PoolLimits.DEFAULT))
                .doesNotThrowAnyException();
        vote(MOST + 1);
        assertThatThrownBy(() -> oracle.watch(node, disk.unfinal(), PoolLimits.DEFAULT))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("P15:")
                .hasMessageContaining("1633 unfinal records on disk");
    }
}
