package org.witan.chain.block;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.witan.chain.block.GovernanceOperation.Approve;
import org.witan.chain.block.GovernanceOperation.Attest;
import org.witan.chain.block.GovernanceOperation.Invite;
import org.witan.chain.block.GovernanceOperation.Permit;
import org.witan.chain.block.GovernanceOperation.Propose;
import org.witan.chain.block.GovernanceOperation.Redeem;
import org.witan.chain.block.GovernanceOperation.Report;
import org.witan.chain.block.GovernanceOperation.ReportEvidence;
import org.witan.chain.block.GovernanceOperation.Revoke;
import org.witan.chain.block.GovernanceOperation.RotateKey;
import org.witan.chain.block.GovernanceOperation.SetEndpoints;
import org.witan.chain.block.GovernanceOperation.Withdraw;
import org.witan.chain.block.Operation.Batch;
import org.witan.chain.block.Operation.Delete;
import org.witan.chain.block.Operation.Put;
import org.witan.chain.change.Change;
import org.witan.chain.change.UpgradePlan;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.fuzz.FormatsTarget;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;

/** Blocks and transactions with all their operations, votes, certificates and evidence. */
final class BlockFuzzTest extends FormatsTarget {
    private static final OptionalLong ANY = OptionalLong.empty();

    private final TestNetwork network = TestNetwork.of(4);
    private final Epoch epoch = network.founding().firstEpoch();

    BlockFuzzTest() {
        TestChain chain = new TestChain(network);
        Put put = new Put("colour", "red".getBytes(StandardCharsets.UTF_8), ANY);
        Delete delete = new Delete("größe", OptionalLong.of(8));
        Transaction one = network.sign(1, 1, 100, put);
        Transaction two = network.sign(2, 2, 100, new Batch(List.of(put, delete)));
        Block block = chain.next(one, two).block();
        format("transaction", Transaction.CODEC, one, two);
        format("block", Block.CODEC, block);
        format("body", BlockBody.CODEC, block.body(), BlockBody.EMPTY);
        format("header", BlockHeader.CODEC, block.header());
        Vote skip = chain.vote(VoteKind.NULLIFY, 6, Hash.NONE);
        format("vote", Vote.CODEC, chain.vote(VoteKind.NOTARIZE, 5, block.hash()), skip);
        Certificate certificate = chain.certificate(VoteKind.FINALIZE, 5, block.hash());
        format("certificate", Certificate.CODEC, certificate);
        format("ballot", Ballot.CODEC, skip.ballot(), certificate.ballot());
        format("operation", Operation.CODEC, put, delete, new Batch(List.of(delete)));
        format("intent", Intent.CODEC, one.intent());
        format("sender", Sender.CODEC, new Sender(true, new NodeId("acme")));
        format("receipt", Receipt.CODEC, new Receipt(Receipt.Outcome.values()[0], 9));
        format("vote-kind", VoteKind.CODEC, VoteKind.NULLIFY);
        Evidence evidence = new Evidence(chain.vote(VoteKind.FINALIZE, 6, block.hash()), skip);
        format("evidence", Evidence.CODEC, evidence);
        governance(evidence);
    }

    private void governance(Evidence evidence) {
        NodeId id = new NodeId("v4");
        PublicKey key = network.governanceKey().publicKey();
        Change remove = new Change.RemoveMember(id);
        format(
                "governance",
                GovernanceOperation.CODEC,
                new Propose(remove, "größer", true),
                new Approve(7, remove.hash(), true),
                new Withdraw(8),
                new SetEndpoints(List.of(new Endpoint("v1.example", 7400))),
                RotateKey.proving(network.id(), Sender.member(id), 1, network.validatorKey(2)),
                new Attest(17, Hash.NONE, 1, 2, "0.1.0"),
                new Invite(key, Role.OBSERVER, 1_790_000_000_000L),
                Redeem.proving(network.id(), id, network.governanceKey(), key),
                new ReportEvidence(evidence),
                new Permit(3, 500),
                new Report(3, UpgradePlan.Result.BACK),
                new Revoke(key));
    }

    @Override
    protected void accepted(Object value) {
        switch (value) {
            case Block block -> {
                block.hash();
                block.bodyMatches();
            }
            case BlockBody body -> {
                if (body.sizeBytes() != BlockBody.CODEC.encode(body).length) {
                    throw new AssertionError("a body that does not know its size");
                }
            }
            case Transaction transaction -> {
                if (transaction.sizeBytes() != Transaction.CODEC.encode(transaction).length) {
                    throw new AssertionError("a transaction that does not know its size");
                }
                transaction.id();
            }
            case Certificate certificate ->
                    certificate.problem(epoch, network.id(), (_, _, _, _) -> true);
            case Evidence evidence -> evidence.offence();
            default -> {}
        }
    }
}
