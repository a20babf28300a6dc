package org.witan.validator.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockBody;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.GovernanceOperation;
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
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.MemoryStore;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Organisation;
import org.witan.genesis.membership.Role;
import org.witan.genesis.membership.Rules;

/** A real ledger of four validators in memory, with keys that are the same in every run. */
public final class TestLedger {
    /** 2026-01-12T09:00:00Z. */
    public static final long CREATED_MILLIS = 1_768_208_400_000L;

    private final Founding founding;
    private final MemoryStore store;
    private final Execution execution;
    private long nonce;
    private int silent;

    /** A ledger that ends at height 0. */
    public TestLedger() {
        List<Member> members = IntStream.rangeClosed(1, 4).mapToObj(TestLedger::member).toList();
        founding =
                new Founding(
                        new NetworkId(Hash.ofHex("7f3a91bc" + "00".repeat(28))),
                        "acme-trade",
                        CREATED_MILLIS,
                        true,
                        1,
                        Rules.DEFAULT,
                        IntStream.rangeClosed(1, 4).mapToObj(TestLedger::organisation).toList(),
                        members);
        store = new MemoryStore(founding);
        execution = new Execution(founding.networkId(), SignatureCheck.by(Ed25519.VERIFIER));
    }

    /** What it was founded with. */
    public Founding founding() {
        return founding;
    }

    /** The ledger. */
    public MemoryStore store() {
        return store;
    }

    /** The id of the validator of a number from 1 to 4. */
    public static NodeId id(int number) {
        return new NodeId("v" + number);
    }

    /** A put by v1 with the next nonce, signed. */
    public Transaction put(String key, String value) {
        return put(key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A put by v1 with the next nonce, signed. */
    public Transaction put(String key, byte[] value) {
        return sign(new Operation.Put(key, value, OptionalLong.empty()));
    }

    /** An operation of v1 with the next nonce, signed. */
    public Transaction sign(Operation operation) {
        Intent intent =
                new Intent(founding.networkId(), Sender.member(id(1)), 0, nonce++, 500, operation);
        return Transaction.sign(intent, key(1));
    }

    /** From now on this validator neither leads nor signs; 0 for none. */
    public void silence(int number) {
        silent = number;
    }

    /** Commits a block of these transactions with a finalization by v1, v2 and v3. */
    public Block commit(Transaction... transactions) {
        var tip = store.tip();
        var parent = store.state();
        long height = tip.height() + 1;
        List<Transaction> all = Arrays.asList(transactions);
        var at = new Execution.At(height, CREATED_MILLIS + 1000 * height);
        var done = (Execution.Executed) execution.execute(parent, at, all);
        BlockBody body = new BlockBody(all);
        boolean newEpoch = tip.header().isBoundary();
        long epoch = Math.max(1, tip.header().epoch() + (newEpoch ? 1 : 0));
        BlockHeader header =
                new BlockHeader(
                        founding.networkId(),
                        epoch,
                        height,
                        height,
                        leader(height),
                        tip.hash(),
                        CREATED_MILLIS + 1000 * height,
                        body.root(),
                        done.after().root(),
                        parent.configuration().hash(),
                        done.after().configuration().hash(),
                        store.epoch(epoch).orElseThrow().boundaryHash(),
                        body.sizeBytes(),
                        all.size());
        Block block = new Block(header, body);
        apply(block, done);
        return block;
    }

    private NodeId leader(long height) {
        int number = (int) (height % 4) + 1;
        return id(number == silent ? number % 4 + 1 : number);
    }

    private void apply(Block block, Execution.Executed done) {
        Certificate finalization = finalization(block);
        List<StoreWrite> writes = new ArrayList<>();
        writes.add(
                new StoreWrite.Commit(
                        block, done.after(), done.receipts(), Optional.of(finalization)));
        if (block.header().isBoundary()) {
            writes.add(
                    new StoreWrite.EpochStarted(
                            new EpochLink(
                                    block.header().epoch() + 1,
                                    block.header(),
                                    Optional.of(finalization),
                                    done.after().configuration())));
        }
        store.apply(writes, true);
    }

    /** Keeps a proof that v4 notarized two blocks in a view. */
    public void accuse(long view) {
        accuse(view, Evidence.Offence.TWO_NOTARIZATIONS);
    }

    /** Keeps a proof that v4 did this in a view. */
    public void accuse(long view, Evidence.Offence offence) {
        Evidence evidence =
                switch (offence) {
                    case TWO_NOTARIZATIONS ->
                            new Evidence(
                                    vote(VoteKind.NOTARIZE, view, "one"),
                                    vote(VoteKind.NOTARIZE, view, "other"));
                    case TWO_FINALIZATIONS ->
                            new Evidence(
                                    vote(VoteKind.FINALIZE, view, "one"),
                                    vote(VoteKind.FINALIZE, view, "other"));
                    case NULLIFIED_AND_FINALIZED ->
                            new Evidence(
                                    vote(VoteKind.NULLIFY, view, ""),
                                    vote(VoteKind.FINALIZE, view, "one"));
                };
        store.apply(List.of(new StoreWrite.Accused(evidence)), false);
    }

    /** Commits a block in which org1 proposes a longer pause between heartbeats. */
    public void propose(String reason) {
        var change = new Change.SetRules(List.of(new Change.Rule("heartbeatSeconds", 90)));
        commit(decided(1, new GovernanceOperation.Propose(change, reason, false)));
    }

    /** Commits a block in which org1 insists on another key for v4; nobody else approves. */
    public void proposeKey() {
        var proven =
                GovernanceOperation.RotateKey.proving(
                        founding.networkId(), Sender.member(id(4)), 1, key(5));
        var change = new Change.ReplaceKey(false, id(4), proven.key(), proven.proof());
        commit(decided(1, new GovernanceOperation.Propose(change, "", true)));
    }

    /** Commits a block in which org1 proposes a change that org2 and org3 approve at once. */
    public void decide(Change change) {
        long number =
                Council.CODEC
                        .decode(store.state().value(StatePath.COUNCIL).orElseThrow())
                        .orThrow()
                        .nextChange();
        commit(
                decided(1, new GovernanceOperation.Propose(change, "", false)),
                decided(2, new GovernanceOperation.Approve(number, change.hash())),
                decided(3, new GovernanceOperation.Approve(number, change.hash())));
    }

    private Transaction decided(int organisation, GovernanceOperation operation) {
        Sender sender = new Sender(true, new NodeId("org" + organisation));
        Intent intent = new Intent(founding.networkId(), sender, 0, nonce++, 500, operation);
        return Transaction.sign(intent, key(10 + organisation));
    }

    /** Commits a block in which org1, org2 and org3 approve an upgrade to level 2. */
    public void planUpgrade() {
        decide(new Change.PlanUpgrade(2, "witan-0.2.0.tar.gz", Hash.NONE, 400));
    }

    /** Commits a block in which v1 invites an observer for an hour. */
    public void invite() {
        long now = store.tip().header().timestampMillis();
        commit(
                sign(
                        new GovernanceOperation.Invite(
                                key(2).publicKey(), Role.OBSERVER, now + 3_600_000)));
    }

    private Vote vote(VoteKind kind, long view, String block) {
        Hash config = founding.firstEpoch().configHash();
        Hash hash = kind == VoteKind.NULLIFY ? Hash.NONE : Digest.tagged(block).done();
        Ballot ballot = new Ballot(kind, 1, config, view, hash);
        return Vote.cast(ballot, 3, founding.networkId(), key(4));
    }

    private Certificate finalization(Block block) {
        BlockHeader header = block.header();
        Ballot ballot =
                new Ballot(
                        VoteKind.FINALIZE,
                        header.epoch(),
                        header.configHash(),
                        header.view(),
                        block.hash());
        List<Integer> signers =
                IntStream.range(0, 4).filter(i -> i + 1 != silent).limit(3).boxed().toList();
        return new Certificate(
                ballot,
                signers,
                signers.stream()
                        .map(i -> Vote.cast(ballot, i, founding.networkId(), key(i + 1)))
                        .map(Vote::signature)
                        .toList());
    }

    /** The key of the validator of this number, or of whoever else the test makes. */
    public static SigningKey key(int number) {
        byte[] seed = new byte[SigningKey.SEED_BYTES];
        seed[0] = (byte) number;
        return SigningKey.ofSeed(seed);
    }

    private static Member member(int number) {
        return new Member(
                id(number),
                new NodeId("org" + number),
                Role.VALIDATOR,
                Member.Status.ACTIVE,
                0,
                key(number).publicKey(),
                List.of(new Endpoint("127.0.0.1", 7400 + number)));
    }

    private static Organisation organisation(int number) {
        return new Organisation(
                new NodeId("org" + number),
                "Organisation " + number,
                0,
                key(10 + number).publicKey(),
                key(20 + number).publicKey());
    }
}
