package org.witan.validator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Transaction;
import org.witan.chain.state.Execution;
import org.witan.chain.state.Refusal;
import org.witan.chain.state.StateReader;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.core.execution.BlockBuilder;
import org.witan.validator.core.execution.Chain;
import org.witan.validator.core.execution.Workload;
import org.witan.validator.pool.Admission;
import org.witan.validator.pool.Gossip;
import org.witan.validator.pool.Pool;

/**
 * Takes transactions into the pool, from clients and from other validators, and passes the clients'
 * on.
 *
 * <p>Source: docs/protocol/consensus.md, C20.
 */
final class Intake {
    /** How long an own client's transaction waits before it is passed on once more. */
    static final long REPEAT_MILLIS = 2_000;

    /** Most transactions that are passed on once more at a time. */
    private static final int REPEAT_MOST = 2_048;

    private final Pool pool;
    private final Chain chain;
    private final Execution execution;
    private final Workload workload;
    private final Gossip gossip = new Gossip();
    private long repeatAtMillis = Long.MAX_VALUE;

    Intake(Pool pool, Chain chain, Execution execution, Workload workload) {
        this.pool = pool;
        this.chain = chain;
        this.execution = execution;
        this.workload = workload;
    }

    /** A client's transaction: checked, pooled and passed on, or refused with the reason. */
    IntakeReply submit(Transaction transaction, long nowMillis) {
        if (pool.claim(transaction.id())) {
            repeat(nowMillis);
            return new IntakeReply.Accepted(transaction.id());
        }
        if (!fits(transaction)) {
            return new IntakeReply.Refused(
                    "TRANSACTION_TOO_LARGE",
                    "it has %d bytes, and a block of this network holds %d"
                            .formatted(transaction.sizeBytes(), mostBytes()),
                    "split it into several transactions");
        }
        Optional<Refusal> refusal = refusal(transaction);
        if (refusal.isPresent()) {
            Refusal.Code code = refusal.get().code();
            return new IntakeReply.Refused(code.name(), refusal.get().why(), code.fix());
        }
        return switch (pool.add(transaction, nowMillis, true)) {
            case Admission.Admitted admitted -> {
                workload.added(transaction);
                gossip.add(transaction, nowMillis);
                repeat(nowMillis);
                yield new IntakeReply.Accepted(transaction.id());
            }
            case Admission.Known known -> new IntakeReply.Accepted(transaction.id());
            case Admission.Refused(var code, var why) ->
                    new IntakeReply.Refused(code, why, "wait for commits and hand it in again");
        };
    }

    private void repeat(long nowMillis) {
        if (repeatAtMillis == Long.MAX_VALUE) {
            repeatAtMillis = nowMillis + REPEAT_MILLIS;
        }
    }

    /**
     * Another validator's transactions; what cannot be taken is left out.
     *
     * <p>A refusal is no reason to punish: the sender may be a block ahead or behind.
     */
    void receive(List<Transaction> transactions, long nowMillis) {
        for (Transaction transaction : transactions) {
            if (!pool.contains(transaction.id())
                    && fits(transaction)
                    && refusal(transaction).isEmpty()
                    && pool.add(transaction, nowMillis, false) instanceof Admission.Admitted) {
                workload.added(transaction);
            }
        }
    }

    /** What is due to be sent to everybody. */
    List<NodeEffect> due(long nowMillis) {
        List<NodeEffect> effects = new ArrayList<>();
        gossip.due(nowMillis)
                .forEach(batch ->
                        effects.add(new NodeEffect.Broadcast(new Message.Transactions(batch))));
        if (nowMillis >= repeatAtMillis) {
            List<Transaction> old = pool.ownOlderThan(nowMillis - REPEAT_MILLIS, REPEAT_MOST);
            Gossip.pack(old)
                    .forEach(batch ->
                            effects.add(new NodeEffect.Broadcast(new Message.Transactions(batch))));
            repeatAtMillis = pool.size() == 0 ? Long.MAX_VALUE : nowMillis + REPEAT_MILLIS;
        }
        return effects;
    }

    /** What a member that was just linked may have missed. */
    List<NodeEffect> welcome(NodeId peer) {
        return Gossip.pack(pool.ownOlderThan(Long.MAX_VALUE, REPEAT_MOST)).stream()
                .<NodeEffect>map(
                        batch -> new NodeEffect.Send(peer, new Message.Transactions(batch)))
                .toList();
    }

    /** When {@link #due} wants to be asked again. */
    long wakeAtMillis() {
        return Math.min(gossip.dueMillis(), repeatAtMillis);
    }

    /** What no block can hold would wait for ever, and keep everybody waiting for a block. */
    private boolean fits(Transaction transaction) {
        return transaction.sizeBytes() <= mostBytes();
    }

    private int mostBytes() {
        return BlockBuilder.mostTransactionBytes(chain.epoch().configuration().rules());
    }

    private Optional<Refusal> refusal(Transaction transaction) {
        StateReader state = chain.state(chain.tipHash()).orElseThrow();
        var next = new Execution.At(chain.tip().height() + 1, chain.tip().timestampMillis());
        return execution.refusal(state, transaction, next);
    }
}
