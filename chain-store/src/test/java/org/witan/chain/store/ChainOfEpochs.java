package org.witan.chain.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockBody;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.GovernanceOperation.Attest;
import org.witan.chain.block.GovernanceOperation.Propose;
import org.witan.chain.block.GovernanceOperation.RotateKey;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.change.Change;
import org.witan.chain.change.Council;
import org.witan.chain.state.Execution;
import org.witan.chain.state.SignatureCheck;
import org.witan.chain.state.StatePath;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NodeId;

/**
 * The blocks of a test network that go on over many epochs: each ends with a block in which {@code
 * v1} replaces its key. Written to a store as they are made.
 */
public final class ChainOfEpochs {
    private static final NodeId FIRST = new NodeId("v1");

    private final TestNetwork network;
    private final Store store;
    private final Execution execution;
    private final TreeMap<NodeId, SigningKey> keys = new TreeMap<>();
    private int keyNumber;
    private long nonce;
    private long view;
    private Epoch epoch;
    private Hash boundaryHash;

    /** A chain at height 0 of an empty store. */
    public ChainOfEpochs(TestNetwork network, Store store) {
        this.network = network;
        this.store = store;
        execution = new Execution(network.id(), SignatureCheck.FINALIZED);
        epoch = network.founding().firstEpoch();
        boundaryHash = store.tip().hash();
        int number = 1;
        for (var member : network.founding().members()) {
            keys.put(member.id(), network.validatorKey(number++));
        }
    }

    /** The epoch of the next block. */
    public Epoch epoch() {
        return epoch;
    }

    /** Adds so many epochs of so many blocks each, the last of which ends it. */
    public ChainOfEpochs grow(int epochs, int blocks) {
        for (int i = 0; i < epochs; i++) {
            for (int block = 1; block < blocks; block++) {
                put("k" + nonce, "v");
            }
            SigningKey next = TestNetwork.key("v1 key " + (keyNumber + 1));
            Sender self = Sender.member(FIRST);
            add(RotateKey.proving(network.id(), self, keyNumber + 1, next));
            keys.put(FIRST, next);
            keyNumber++;
        }
        return this;
    }

    /** Adds a block in which {@code v1} puts an entry. */
    public void put(String key, String value) {
        add(
                new Operation.Put(
                        key,
                        value.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        java.util.OptionalLong.empty()));
    }

    /** Adds the blocks of an upgrade whose last one puts a protocol level in force. */
    public ChainOfEpochs reachLevel(int level) {
        Sender organisation = new Sender(true, network.founding().organisations().getFirst().id());
        long plan = council().nextChange();
        Change release = new Change.PlanUpgrade(level, "next.tar.gz", Hash.NONE, 100_000);
        decide(organisation, release);
        for (NodeId id : keys.keySet()) {
            long held = store.tip().height();
            int number = id.equals(FIRST) ? keyNumber : 0;
            Attest said = new Attest(held, Hash.NONE, 1, level, "next");
            add(sign(Sender.member(id), number, key(id), said));
        }
        decide(organisation, new Change.FinaliseUpgrade(plan));
        return this;
    }

    private void decide(Sender organisation, Change change) {
        add(sign(organisation, 0, network.governanceKey(), new Propose(change, "", false)));
    }

    private Council council() {
        return Council.CODEC.decode(store.state().value(StatePath.COUNCIL).orElseThrow()).orThrow();
    }

    private void add(Operation operation) {
        add(sign(Sender.member(FIRST), keyNumber, key(FIRST), operation));
    }

    private Transaction sign(Sender sender, int number, SigningKey key, Operation operation) {
        long validUntil = store.tip().height() + 100;
        Intent intent = new Intent(network.id(), sender, number, ++nonce, validUntil, operation);
        return Transaction.sign(intent, key);
    }

    private void add(Transaction transaction) {
        BlockHeader parent = store.tip().header();
        List<Transaction> transactions = List.of(transaction);
        long height = parent.height() + 1;
        var at = new Execution.At(height, 0);
        var executed = (Execution.Executed) execution.execute(store.state(), at, transactions);
        BlockBody body = new BlockBody(transactions);
        view++;
        BlockHeader header =
                new BlockHeader(
                        network.id(),
                        epoch.number(),
                        view,
                        height,
                        FIRST,
                        store.tip().hash(),
                        parent.timestampMillis() + 1000,
                        body.root(),
                        executed.after().root(),
                        epoch.configHash(),
                        executed.next().hash(),
                        boundaryHash,
                        body.sizeBytes(),
                        transactions.size());
        write(new Block(header, body), executed);
    }

    private SigningKey key(NodeId id) {
        return Objects.requireNonNull(keys.get(id));
    }

    private void write(Block block, Execution.Executed executed) {
        Certificate finalization = finalization(block);
        List<StoreWrite> writes = new ArrayList<>();
        writes.add(
                new StoreWrite.Commit(
                        block, executed.after(), executed.receipts(), Optional.of(finalization)));
        if (block.header().isBoundary()) {
            long number = epoch.number() + 1;
            EpochLink link =
                    new EpochLink(
                            number, block.header(), Optional.of(finalization), executed.next());
            writes.add(new StoreWrite.EpochStarted(link));
            epoch = link.epoch();
            boundaryHash = block.hash();
            view = 0;
        }
        store.apply(writes, false);
    }

    private Certificate finalization(Block block) {
        Ballot ballot =
                new Ballot(
                        VoteKind.FINALIZE,
                        epoch.number(),
                        epoch.configHash(),
                        block.header().view(),
                        block.hash());
        List<Integer> signers = IntStream.range(0, epoch.quorum().size()).boxed().toList();
        List<Signature> signatures = new ArrayList<>();
        for (int signer : signers) {
            NodeId id = epoch.configuration().validators().get(signer).id();
            signatures.add(Vote.cast(ballot, signer, network.id(), key(id)).signature());
        }
        return new Certificate(ballot, signers, signatures);
    }
}
