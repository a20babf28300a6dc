package org.witan.validator.sim.world;

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
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Organisation;
import org.witan.validator.core.IntakeReply;

/** Clients that sign with the members' keys and remember what they were promised. */
public final class SimClients {
    private static final int REMEMBERED = 40;

    private final Founding founding;
    private final SimKeys keys;
    private final SplittableRandom random;
    private final Map<NodeId, Set<Hash>> waiting = new HashMap<>();
    private final List<Transaction> recent = new ArrayList<>();
    private long nonce;
    private @Nullable Transaction last;
    private final List<IntakeReply.Refused> refusals = new ArrayList<>();

    SimClients(Founding founding, SimKeys keys, SplittableRandom random) {
        this.founding = founding;
        this.keys = keys;
        this.random = random;
    }

    /** A new transaction of a random member, with a value of at least this size. */
    public Transaction next(SimNode node, int valueBytes) {
        byte[] value =
                ("v" + (nonce + 1) + " ".repeat(valueBytes)).getBytes(StandardCharsets.UTF_8);
        return sign(node, anyone(node), new Operation.Put(key(), value, OptionalLong.empty()));
    }

    /** A put of this member under this key, handed in anywhere. */
    public Transaction put(SimNode node, NodeId sender, String key) {
        Member member =
                founding.members().stream()
                        .filter(m -> m.id().equals(sender))
                        .findFirst()
                        .orElseThrow();
        byte[] value = "value".getBytes(StandardCharsets.UTF_8);
        return sign(node, member, new Operation.Put(key, value, OptionalLong.empty()));
    }

    /** A write of any kind; now and then one that was handed in before, if so asked. */
    Transaction any(SimNode node, boolean retries) {
        if (retries && !recent.isEmpty() && random.nextInt(4) == 0) {
            return recent.get(random.nextInt(recent.size()));
        }
        Member member = anyone(node);
        Operation operation =
                switch (random.nextInt(8)) {
                    case 0 -> new Operation.Delete(key(), OptionalLong.empty());
                    case 1 -> put(OptionalLong.of(random.nextInt(4)));
                    case 2 ->
                            new Operation.Batch(
                                    List.of(put(OptionalLong.empty()), put(condition())));
                    default -> put(OptionalLong.empty());
                };
        Transaction made = sign(node, member, operation);
        recent.add(made);
        if (recent.size() > REMEMBERED) {
            recent.removeFirst();
        }
        return made;
    }

    private Member anyone(SimNode node) {
        List<Member> members = node.members().members();
        return members.get(random.nextInt(members.size()));
    }

    private OptionalLong condition() {
        return random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextInt(4));
    }

    private Operation.Put put(OptionalLong condition) {
        byte[] value = ("v" + (nonce + 1)).getBytes(StandardCharsets.UTF_8);
        return new Operation.Put(key(), value, condition);
    }

    private String key() {
        return "k" + random.nextInt(20);
    }

    /** A transaction of a member, under the key that a node's ledger names. */
    public Transaction sign(SimNode node, Member member, Operation operation) {
        return sign(
                node,
                new Key(Sender.member(member.id()), member.keyNumber(), member.key()),
                operation);
    }

    /** A transaction of an organisation. */
    public Transaction sign(SimNode node, Organisation organisation, Operation operation) {
        return sign(
                node,
                new Key(
                        new Sender(true, organisation.id()),
                        organisation.keyNumber(),
                        organisation.governanceKey()),
                operation);
    }

    /** A transaction of somebody whose first key this is. */
    public Transaction sign(SimNode node, Sender newcomer, PublicKey first, Operation operation) {
        return sign(node, new Key(newcomer, 0, first), operation);
    }

    private record Key(Sender sender, int number, PublicKey key) {}

    private Transaction sign(SimNode node, Key by, Operation operation) {
        nonce++;
        long validUntil = node.store.tip().height() + 900;
        last =
                Transaction.sign(
                        new Intent(
                                founding.networkId(),
                                by.sender,
                                by.number,
                                nonce,
                                validUntil,
                                operation),
                        keys.of(by.key));
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
    public List<IntakeReply.Refused> refusals() {
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
