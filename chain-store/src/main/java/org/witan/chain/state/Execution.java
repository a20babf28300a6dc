package org.witan.chain.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.GovernanceOperation;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Operation.Batch;
import org.witan.chain.block.Operation.Put;
import org.witan.chain.block.Operation.Write;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.state.govern.Governance;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.failure.Check;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.NetworkId;

/**
 * What transactions do to the network state: the same on every node, whatever the bytes.
 *
 * <p>Without state of its own; as safe for several threads as its signature check and the state
 * that it is given.
 */
public final class Execution {
    private final NetworkId networkId;
    private final SignatureCheck signatures;

    /** The execution of one network. */
    public Execution(NetworkId networkId, SignatureCheck signatures) {
        this.networkId = networkId;
        this.signatures = signatures;
    }

    /**
     * The block that transactions are executed in.
     *
     * @param height of the block
     * @param millis its header's time, milliseconds since 1970; what counts where a rule asks for
     *     the time
     */
    public record At(long height, long millis) {
        /** The block of this header. */
        public static At of(BlockHeader header) {
            return new At(header.height(), header.timestampMillis());
        }
    }

    /** What came of executing a list of transactions. */
    public sealed interface Result {}

    /**
     * All were admissible.
     *
     * @param after the state after them
     * @param receipts one for each transaction, in their order
     * @param next the configuration after them, in force from the next height
     */
    public record Executed(PostState after, List<Receipt> receipts, Configuration next)
            implements Result {}

    /**
     * A transaction may not stand in a block, so the block is invalid.
     *
     * @param index of that transaction, from 0
     * @param refusal why
     */
    public record Invalid(int index, Refusal refusal) implements Result {}

    /**
     * Why a transaction may not stand in the block {@code at} on top of {@code state}; empty if it
     * may and a pool shall take it.
     *
     * <p>A value that is too large is refused here only, before anybody carries it about: a block
     * that holds one is valid, and its receipt says TOO_LARGE.
     */
    public Optional<Refusal> refusal(StateReader state, Transaction transaction, At at) {
        Configuration configuration = state.configuration();
        List<Write> writes = writes(transaction.intent().operation());
        try {
            return KeyRule.refusal(configuration.protocolLevel(), writes)
                    .or(() -> new Senders(state, networkId, signatures).refusal(transaction, at))
                    .or(() -> oversized(configuration.rules().entryMaxBytes(), writes));
        } catch (StoreFailed disk) {
            throw disk;
        } catch (RuntimeException mistake) {
            return Optional.of(poison(mistake));
        }
    }

    private static Optional<Refusal> oversized(int most, List<Write> writes) {
        return writes.stream()
                .filter(write -> write instanceof Put put && put.value().length > most)
                .findFirst()
                .map(write -> oversized((Put) write, most));
    }

    private static Refusal oversized(Put put, int most) {
        return new Refusal(
                Refusal.Code.VALUE_TOO_LARGE,
                "the value for '%s' has %d bytes, the rule entryMaxBytes allows %d"
                        .formatted(put.key(), put.value().length, most));
    }

    private static List<Write> writes(Operation operation) {
        return switch (operation) {
            case Batch(var several) -> several;
            case Write one -> List.of(one);
            case GovernanceOperation _ -> List.of();
        };
    }

    /**
     * Executes transactions in their order on the parent's state.
     *
     * @param at the block; its height is one above the parent's
     */
    public Result execute(StateReader parent, At at, List<Transaction> transactions) {
        long height = at.height();
        Check.invariant(
                height == parent.height() + 1, "block %d on state %d", height, parent.height());
        Configuration configuration = parent.configuration();
        Senders senders = new Senders(parent, networkId, signatures);
        Scratch scratch = new Scratch(parent);
        Entries entries = new Entries(scratch, height, configuration.rules().entryMaxBytes());
        Governance governance = new Governance(scratch, configuration, networkId, at);
        List<Receipt> receipts = new ArrayList<>(transactions.size());
        try {
            for (Transaction transaction : transactions) {
                List<Write> writes = writes(transaction.intent().operation());
                Optional<Refusal> refusal =
                        KeyRule.refusal(configuration.protocolLevel(), writes)
                                .or(() -> senders.refusal(transaction, at));
                if (refusal.isPresent()) {
                    return new Invalid(receipts.size(), refusal.get());
                }
                senders.use(transaction);
                receipts.add(receipt(entries, governance, transaction.intent()));
            }
            senders.save(scratch);
            Configuration next = governance.finish();
            PostState after = PostState.of(parent, scratch.changes(), next);
            return new Executed(after, List.copyOf(receipts), next);
        } catch (StoreFailed disk) {
            throw disk;
        } catch (RuntimeException mistake) {
            int index = blamed(transactions, receipts.size()).orElseThrow(() -> mistake);
            return new Invalid(index, poison(mistake));
        }
    }

    /**
     * Whose doing a mistake is: that of the transaction behind those that are done. If all are, it
     * is probably that of the last decision, else of the last transaction. Who builds a block
     * leaves it out, until the block can be finished or is empty.
     */
    private static OptionalInt blamed(List<Transaction> transactions, int done) {
        if (done < transactions.size()) {
            return OptionalInt.of(done);
        }
        for (int i = transactions.size() - 1; i >= 0; i--) {
            if (transactions.get(i).intent().operation() instanceof GovernanceOperation) {
                return OptionalInt.of(i);
            }
        }
        return transactions.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(transactions.size() - 1);
    }

    /**
     * Our own mistake, which every node makes alike: the transaction may stand in no block, and
     * nobody stops. What a disk fails at is another matter, and is not caught.
     */
    private static Refusal poison(RuntimeException mistake) {
        return new Refusal(
                Refusal.Code.NOT_EXECUTABLE, "executing it fails: " + mistake.getClass().getName());
    }

    private static Receipt receipt(Entries entries, Governance governance, Intent intent) {
        return switch (intent.operation()) {
            case GovernanceOperation operation ->
                    governance.execute(intent.sender(), intent.keyNumber(), operation);
            case Batch(var several) -> write(entries, intent.sender(), several);
            case Write one -> write(entries, intent.sender(), List.of(one));
        };
    }

    private static Receipt write(Entries entries, Sender sender, List<Write> writes) {
        return sender.organisation()
                ? new Receipt(Outcome.NOT_PERMITTED, 0)
                : entries.write(sender.id(), writes);
    }
}
