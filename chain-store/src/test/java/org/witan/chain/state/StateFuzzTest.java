package org.witan.chain.state;

import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.VoteKind;
import org.witan.chain.change.Attestation;
import org.witan.chain.change.Change;
import org.witan.chain.change.Change.PlanUpgrade;
import org.witan.chain.change.Council;
import org.witan.chain.change.Followers;
import org.witan.chain.change.Invitation;
import org.witan.chain.change.OpenInvitations;
import org.witan.chain.change.Proposal;
import org.witan.chain.change.Proposal.Status;
import org.witan.chain.change.UpgradePlan;
import org.witan.chain.merkle.Proof;
import org.witan.chain.merkle.TreeKey;
import org.witan.chain.merkle.TreePage;
import org.witan.chain.merkle.TreeRoot;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.fuzz.FormatsTarget;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;

/**
 * Values of the network state, those of governance among them, pages of its tree, proofs, and links
 * between epochs.
 */
final class StateFuzzTest extends FormatsTarget {
    private static final NodeId ACME = new NodeId("acme");
    private static final NodeId V1 = new NodeId("v1");

    StateFuzzTest() {
        TestNetwork network = TestNetwork.of(4);
        PostState state = GenesisState.of(network.founding());
        format("entry", Entry.CODEC, new Entry(3, 17, new byte[] {1, 2, 3}));
        NonceWindow used = NonceWindow.UNUSED.use(20).use(4).use(70);
        format("nonce-window", NonceWindow.CODEC, used);
        format("path", StatePath.CODEC, StatePath.entry(new NodeId("v1"), "größe"));
        TreeKey root = TreeKey.root(0);
        format("tree-key", TreeKey.CODEC, root, TreeKey.of(7, 5, StatePath.NAME.hash()));
        format(
                "page",
                TreePage.CODEC,
                Optional.ofNullable(state.addedPages().get(root)).orElseThrow());
        format("root", TreeRoot.CODEC, state.treeRoot());
        format("proof", Proof.CODEC, proof(state, "member/v1"), proof(state, "nothing"));
        TestChain chain = new TestChain(network);
        var header = chain.next().block().header();
        Certificate certificate = chain.certificate(VoteKind.FINALIZE, 1, header.hash());
        var configuration = network.founding().firstEpoch().configuration();
        format(
                "epoch-link",
                EpochLink.CODEC,
                new EpochLink(2, header, Optional.of(certificate), configuration),
                new EpochLink(1, header, Optional.empty(), configuration));
        governance(network.governanceKey().publicKey());
        upgrade();
    }

    private void governance(PublicKey key) {
        Change remove = new Change.RemoveMember(V1);
        List<NodeId> approvals = List.of(ACME, V1);
        format(
                "proposal",
                Proposal.CODEC,
                new Proposal(3, ACME, 17, 117, remove, "größer", true, approvals, Status.OPEN, 0));
        format(
                "council",
                Council.CODEC,
                new Council(4, List.of(), List.of())
                        .withSeat(new Council.Seat(ACME, 1))
                        .proposed(new Council.Open(4, ACME, true, 117), 17));
        format("followers", Followers.CODEC, Followers.NONE.with(V1, true));
        Invitation open =
                new Invitation(
                        key,
                        V1,
                        ACME,
                        Role.OBSERVER,
                        17,
                        1_790_000_000_000L,
                        Invitation.Status.OPEN,
                        Optional.empty(),
                        0);
        format("invitation", Invitation.CODEC, open, open.redeemed(new NodeId("p1"), 20));
        format("open-invitations", OpenInvitations.CODEC, OpenInvitations.NONE.with(key));
    }

    private void upgrade() {
        PlanUpgrade release = new PlanUpgrade(2, "witan-0.2.0.tar.gz", Hash.NONE, 9000);
        UpgradePlan plan = UpgradePlan.approved(3, 17, release);
        format(
                "upgrade-plan",
                UpgradePlan.CODEC,
                plan.with(Optional.of(new UpgradePlan.Permit(V1, 117)))
                        .with(new UpgradePlan.Word(V1, UpgradePlan.Result.FAILED, 20))
                        .finalisedBy(4),
                plan.ended(UpgradePlan.End.ABORTED, 30));
        format(
                "attestation",
                Attestation.CODEC,
                new Attestation(1, 17, Hash.NONE, 1, 2, "0.1.0", 19));
    }

    private static Proof proof(PostState state, String path) {
        return Proof.of(state, state.treeRoot(), StatePath.parse(path).hash());
    }

    @Override
    protected void accepted(Object value) {
        switch (value) {
            case NonceWindow window -> {
                for (long nonce : new long[] {0, 1, 63, 64, Long.MAX_VALUE}) {
                    if (!window.hasUsed(nonce) && !window.use(nonce).hasUsed(nonce)) {
                        throw new AssertionError(nonce + " was used, and is not");
                    }
                }
            }
            case StatePath path -> StatePath.parse(path.text());
            case EpochLink link -> link.epoch();
            default -> {}
        }
    }
}
