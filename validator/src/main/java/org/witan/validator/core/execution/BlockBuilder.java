package org.witan.validator.core.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockBody;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Transaction;
import org.witan.chain.state.Execution;
import org.witan.chain.state.Refusal;
import org.witan.chain.state.StateReader;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Rules;
import org.witan.validator.pool.Pool;

/**
 * Makes a block of what waits in the pool, on top of a block that need not be final yet.
 *
 * <p>Source: docs/protocol/consensus.md, R2, C16 and C21.
 */
public final class BlockBuilder {
    /** Bytes of an encoded body besides its transactions. */
    private static final int BODY_HEAD_BYTES = 3;

    private final NodeId self;
    private final Chain chain;
    private final Pool pool;
    private final Execution execution;

    public BlockBuilder(NodeId self, Chain chain, Pool pool, Execution execution) {
        this.self = self;
        this.chain = chain;
        this.pool = pool;
        this.execution = execution;
    }

    /** Size of the largest transaction that a block can hold under these rules. */
    public static int mostTransactionBytes(Rules rules) {
        return rules.blockMaxBytes() - BODY_HEAD_BYTES;
    }

    /**
     * A block of {@code view} on {@code parent}, executed and kept in the chain.
     *
     * @param mostBytes most that the body may have, besides the limit of the rules; with 0 it holds
     *     no transaction
     * @param dropped receives transactions that can never be executed any more; they left the pool
     * @return empty if the parent's state is not here
     */
    public Optional<Block> build(
            Hash parent, long view, long wallMillis, int mostBytes, List<Transaction> dropped) {
        Optional<BlockHeader> parentHeader = chain.header(parent);
        Optional<StateReader> state = chain.state(parent);
        if (parentHeader.isEmpty() || state.isEmpty()) {
            return Optional.empty();
        }
        long height = parentHeader.get().height() + 1;
        List<Transaction> chosen = choose(parent, height, mostBytes);
        long millis = Math.max(parentHeader.get().timestampMillis(), wallMillis);
        var at = new Execution.At(height, millis);
        Execution.Executed outcome = execute(state.get(), at, chosen, dropped);
        BlockBody body = new BlockBody(List.copyOf(chosen));
        BlockHeader header =
                header(new Parent(parentHeader.get(), parent), view, millis, body, outcome);
        Block block = new Block(header, body);
        chain.add(block, outcome);
        return Optional.of(block);
    }

    private List<Transaction> choose(Hash parent, long height, int mostBytes) {
        if (mostBytes == 0) {
            return new ArrayList<>();
        }
        Rules rules = chain.epoch().configuration().rules();
        TreeSet<Hash> taken = chain.transactionsUpTo(parent);
        return new ArrayList<>(
                pool.select(
                        Math.min(rules.blockMaxBytes(), mostBytes) - BODY_HEAD_BYTES,
                        rules.blockMaxTransactions(),
                        transaction ->
                                transaction.intent().validUntil() >= height
                                        && !taken.contains(transaction.id())));
    }

    /**
     * Executes, leaving out what may not stand in this block; {@code chosen} shrinks to the rest.
     */
    private Execution.Executed execute(
            StateReader state,
            Execution.At at,
            List<Transaction> chosen,
            List<Transaction> dropped) {
        while (true) {
            switch (execution.execute(state, at, chosen)) {
                case Execution.Executed outcome -> {
                    return outcome;
                }
                case Execution.Invalid(int index, var refusal) -> {
                    Transaction refused = chosen.remove(index);
                    chosen.removeIf(t -> execution.refusal(state, t, at).isPresent());
                    if (refusal.code() == Refusal.Code.NOT_EXECUTABLE) {
                        drop(refused, dropped);
                    } else {
                        dropIfHopeless(refused, at, dropped);
                    }
                }
            }
        }
    }

    /** A transaction that the tip itself refuses will never be executed. */
    private void dropIfHopeless(Transaction refused, Execution.At at, List<Transaction> dropped) {
        chain.state(chain.tipHash())
                .flatMap(tip -> execution.refusal(tip, refused, at))
                .ifPresent(why -> drop(refused, dropped));
    }

    private void drop(Transaction refused, List<Transaction> dropped) {
        pool.remove(List.of(refused));
        dropped.add(refused);
    }

    private record Parent(BlockHeader header, Hash hash) {}

    private BlockHeader header(
            Parent parent, long view, long millis, BlockBody body, Execution.Executed outcome) {
        return new BlockHeader(
                parent.header.networkId(),
                chain.epoch().number(),
                view,
                parent.header.height() + 1,
                self,
                parent.hash,
                millis,
                body.root(),
                outcome.after().root(),
                chain.epoch().configHash(),
                outcome.next().hash(),
                chain.boundaryHash(),
                body.sizeBytes(),
                body.transactions().size());
    }
}
