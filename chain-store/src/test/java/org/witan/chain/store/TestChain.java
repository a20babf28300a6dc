package org.witan.chain.store;

import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockBody;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Transaction;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.state.Execution;
import org.witan.chain.state.Execution.Executed;
import org.witan.chain.state.GenesisState;
import org.witan.chain.state.PostState;
import org.witan.chain.state.SignatureCheck;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.StoreWrite.Commit;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NodeId;

/** Makes the blocks that a network would agree on in its first epoch, one view for each. */
public final class TestChain {
    private final TestNetwork network;
    private final Execution execution;
    private final Epoch epoch;
    private final Hash genesisHash;
    private Block last;
    private StateReader state;

    /** A chain that begins at the genesis. */
    public TestChain(TestNetwork network) {
        this(network, SignatureCheck.FINALIZED);
    }

    /** The same with another check of signatures. */
    public TestChain(TestNetwork network, SignatureCheck signatures) {
        this.network = network;
        execution = new Execution(network.id(), signatures);
        epoch = network.founding().firstEpoch();
        last = GenesisState.genesisBlock(network.founding());
        genesisHash = last.hash();
        state = GenesisState.of(network.founding());
    }

    /** The next block, finalized in its own view. Its transactions must be admissible. */
    public Commit next(Transaction... transactions) {
        return next(List.of(transactions), true);
    }

    /** The next block, with a finalization of its own or without. */
    public Commit next(List<Transaction> transactions, boolean finalized) {
        long height = last.height() + 1;
        Executed executed =
                (Executed) execution.execute(state, new Execution.At(height, 0), transactions);
        PostState after = executed.after();
        Block block = block(height, height, transactions, after.root());
        last = block;
        state = after;
        Optional<Certificate> certificate =
                finalized ? Optional.of(finalization(block)) : Optional.empty();
        return new Commit(block, after, executed.receipts(), certificate);
    }

    /** A block at any place above the last one. */
    public Block block(long height, long view, List<Transaction> transactions, Hash stateRoot) {
        BlockBody body = new BlockBody(transactions);
        BlockHeader header =
                new BlockHeader(
                        network.id(),
                        1,
                        view,
                        height,
                        new NodeId("v1"),
                        last.hash(),
                        network.founding().createdMillis() + 1000 * height,
                        body.root(),
                        stateRoot,
                        epoch.configHash(),
                        epoch.configHash(),
                        genesisHash,
                        body.sizeBytes(),
                        transactions.size());
        return new Block(header, body);
    }

    /** Reads what was executed through the store, so that the chain of states stays short. */
    public void committed(Store store) {
        state = store.state();
    }

    /** The finalization of a block in its own view. */
    public Certificate finalization(Block block) {
        return certificate(VoteKind.FINALIZE, block.header().view(), block.hash());
    }

    /** Any certificate of the epoch. */
    public Certificate certificate(VoteKind kind, long view, Hash block) {
        return network.certificate(kind, epoch, view, block);
    }

    /** A vote of validator {@code v1}. */
    public Vote vote(VoteKind kind, long view, Hash block) {
        return vote(kind, view, block, 0);
    }

    /** A vote of the validator with this index. */
    public Vote vote(VoteKind kind, long view, Hash block, int signer) {
        return network.vote(new Ballot(kind, 1, epoch.configHash(), view, block), signer);
    }

    /** The last block made. */
    public Block last() {
        return last;
    }

    /** The state after it. */
    public StateReader state() {
        return state;
    }
}
