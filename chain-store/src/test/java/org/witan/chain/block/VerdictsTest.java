package org.witan.chain.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.witan.chain.state.GenesisState;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.membership.Epoch;

/** What blocks, transactions and certificates say of themselves, and when they say no. */
final class VerdictsTest {
    private final TestNetwork network = TestNetwork.of(4);
    private final TestChain chain = new TestChain(network);
    private final Transaction put = network.put(1, "a", "b");
    private final Block block = chain.next(put).block();

    @Test
    void aBodyBelongsToOneHeader() {
        assertThat(block.bodyMatches()).isTrue();
        assertThat(new Block(block.header(), BlockBody.EMPTY).bodyMatches()).isFalse();
        BlockBody other = new BlockBody(List.of(network.put(1, "a", "c")));
        assertThat(new Block(block.header(), other).bodyMatches()).isFalse();
    }

    @Test
    void onlyABlockThatEndsAnEpochIsABoundary() {
        assertThat(block.header().isBoundary()).isFalse();
        Block genesis = GenesisState.genesisBlock(network.founding());
        assertThat(genesis.header().isBoundary()).isTrue();
    }

    @Test
    void aTransactionIsSignedByOneKey() {
        assertThat(put.isSignedBy(network.validatorKey(1).publicKey(), Ed25519.VERIFIER)).isTrue();
        assertThat(put.isSignedBy(network.validatorKey(2).publicKey(), Ed25519.VERIFIER)).isFalse();
    }

    @Test
    void aSignerBehindTheLastOneIsNobody() {
        Epoch epoch = network.founding().firstEpoch();
        Certificate good = chain.certificate(VoteKind.FINALIZE, 1, block.hash());
        Certificate foreign = new Certificate(good.ballot(), List.of(0, 1, 4), good.signatures());
        assertThat(foreign.problem(epoch, network.id(), Ed25519.VERIFIER))
                .contains("signer 4 is not in the set");
    }

    @Test
    void equalBytesAreEqualValues() {
        Block again = Block.CODEC.decode(Block.CODEC.encode(block)).orThrow();
        assertThat(again).isEqualTo(block).hasSameHashCodeAs(block);
        assertThat(new Block(block.header(), BlockBody.EMPTY)).isNotEqualTo(block);
        Transaction same = network.put(1, "a", "b");
        assertThat(same).isEqualTo(put).hasSameHashCodeAs(put);
        assertThat(network.put(2, "a", "b")).isNotEqualTo(put);
        byte[] resigned = Transaction.CODEC.encode(put);
        resigned[resigned.length - 1] ^= 1;
        assertThat(Transaction.CODEC.decode(resigned).orThrow()).isNotEqualTo(put);
    }
}
