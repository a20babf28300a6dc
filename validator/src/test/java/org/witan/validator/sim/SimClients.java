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
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Organisation;
import org.witan.validator.consensus.CheapKeys;
import org.witan.validator.core.IntakeReply;

/** Clients that sign with the members' keys and remember what they were promised. */
final class SimClients {
    private final Founding founding;
    private final SimKeys keys;
    private final SplittableRandom random;
    private final Map<NodeId, Set<Hash>> waiting = new HashMap<>();
    private long nonce;
    private @Nullable Transaction last;
    private final List<IntakeReply.Refused> refusals = new ArrayList<>();

    SimClients(Founding founding, SimKeys keys, SplittableRandom random) {
        this.founding = founding;
        this.keys = keys;
        this.random = random;
    }

    /** A new transaction of a random member, with a value of at least this size. */
    Transaction next(SimNode node, int valueBytes) {
        List<Member> members = node.members().members();
        Member member = members.get(random.nextInt(members.size()));
        Operation put =
                new Operation.Put(
                        "k" + random.nextInt(20),
                        ("v" + (nonce + 1) + " ".repeat(valueBytes))
                                .getBytes(StandardCharsets.UTF_8),
                        OptionalLong.empty());
        return sign(node, member, put);
    }

    /** A transaction of a member, under the key that a node's ledger names. */
    Transaction sign(SimNode node, Member member, Operation operation) {
        return sign(
                node,
                new Key(Sender.member(member.id()), member.keyNumber(), member.key()),
                operation);
    }

    /** A transaction of an organisation. */
    Transaction sign(SimNode node, Organisation organisation, Operation operation) {
        return sign(
                node,
                new Key(
                        new Sender(true, organisation.id()),
                        organisation.keyNumber(),
                        organisation.governanceKey()),
                operation);
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

    /** Every key of a simulation, by its public half. */
    static final class SimKeys {
        private final Map<PublicKey, Signer> signers = new HashMap<>();

        /** The first key of a founder. */
        Signer founder(int node) {
            return know(CheapKeys.signer("key " + node));
        }

        /** The key that an organisation of the founding decides with. */
        Signer organisation(int number) {
            return know(CheapKeys.signer("key " + (1000 + number)));
        }

        /** A key that can prove itself to execution, for who joins later or replaces another. */
        Signer later(String name) {
            return know(CheapKeys.standingFor(TestNetwork.key(name)));
        }

        /** Who signs for this key. */
        Signer of(PublicKey key) {
            return Objects.requireNonNull(signers.get(key));
        }

        private Signer know(Signer signer) {
            signers.putIfAbsent(signer.publicKey(), signer);
            return signer;
        }
    }
}
