package org.witan.validator.sim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.witan.chain.block.Block;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.CheapKeys;
import org.witan.validator.core.IntakeReply;

/** Clients that sign with the members' keys and remember what they were promised. */
final class SimClients {
    private final Founding founding;
    private final SplittableRandom random;
    private final Map<NodeId, Set<Hash>> waiting = new HashMap<>();
    private long nonce;
    private @Nullable Transaction last;
    private final List<IntakeReply.Refused> refusals = new ArrayList<>();

    SimClients(Founding founding, SplittableRandom random) {
        this.founding = founding;
        this.random = random;
    }

    /** A new transaction of a random member, with a value of at least this size. */
    Transaction next(long height, int valueBytes) {
        int member = random.nextInt(founding.members().size());
        nonce++;
        last =
                Transaction.sign(
                        new Intent(
                                founding.networkId(),
                                Sender.member(founding.members().get(member).id()),
                                0,
                                nonce,
                                height + 900,
                                new Operation.Put(
                                        "k" + random.nextInt(20),
                                        ("v" + nonce + " ".repeat(valueBytes))
                                                .getBytes(StandardCharsets.UTF_8),
                                        OptionalLong.empty())),
                        CheapKeys.signer("key " + member));
        return last;
    }

    /** The newest transaction. */
    Transaction last() {
        return Objects.requireNonNull(last);
    }

    void waits(NodeId node, Hash id) {
        waiting.computeIfAbsent(node, n -> new HashSet<>()).add(id);
    }

    void refused(IntakeReply.Refused refusal) {
        refusals.add(refusal);
    }

    /** All refusals so far, in order. */
    List<IntakeReply.Refused> refusals() {
        return refusals;
    }

    /** Ids whose clients learn from this node that they are final. */
    List<Hash> committed(NodeId node, Block block) {
        Set<Hash> here = waiting.computeIfAbsent(node, n -> new HashSet<>());
        List<Hash> told = new ArrayList<>();
        for (Transaction transaction : block.body().transactions()) {
            if (here.remove(transaction.id())) {
                told.add(transaction.id());
            }
        }
        return told;
    }
}
