package org.witan.chain.block;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.witan.chain.block.Evidence.Offence;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NetworkId;

/** Which two votes convict a validator (rule C15). */
class EvidenceTest {
    private static final Hash A = Digest.tagged("a").done();
    private static final Hash B = Digest.tagged("b").done();

    private final TestNetwork network = TestNetwork.of(4);
    private final TestChain chain = new TestChain(network);
    private final Epoch epoch = network.founding().firstEpoch();

    private Vote vote(VoteKind kind, long view, Hash block) {
        return chain.vote(kind, view, block, 2);
    }

    private final Vote notarizeA = vote(VoteKind.NOTARIZE, 5, A);
    private final Vote notarizeB = vote(VoteKind.NOTARIZE, 5, B);
    private final Vote finalizeA = vote(VoteKind.FINALIZE, 5, A);
    private final Vote finalizeB = vote(VoteKind.FINALIZE, 5, B);
    private final Vote nullify = vote(VoteKind.NULLIFY, 5, Hash.NONE);

    @Test
    void theFormatHolds() {
        Golden.check(
                EvidenceTest.class,
                "evidence.v1",
                Evidence.CODEC,
                new Evidence(notarizeA, notarizeB));
    }

    @Test
    void threeOffencesConvict() {
        convicts(notarizeA, notarizeB, Offence.TWO_NOTARIZATIONS);
        convicts(finalizeB, finalizeA, Offence.TWO_FINALIZATIONS);
        convicts(finalizeA, nullify, Offence.NULLIFIED_AND_FINALIZED);
        convicts(nullify, finalizeB, Offence.NULLIFIED_AND_FINALIZED);
    }

    private void convicts(Vote one, Vote other, Offence offence) {
        Evidence evidence = new Evidence(one, other);
        assertThat(evidence.offence()).contains(offence);
        assertThat(evidence.convicts(epoch, network.id(), Ed25519.VERIFIER)).isTrue();
    }

    @Test
    void whatHonestValidatorsSignDoesNot() {
        acquits(notarizeA, notarizeA);
        acquits(notarizeA, nullify);
        acquits(notarizeA, finalizeB);
        acquits(notarizeA, vote(VoteKind.NOTARIZE, 6, B));
        acquits(nullify, vote(VoteKind.FINALIZE, 6, A));
        acquits(notarizeA, chain.vote(VoteKind.NOTARIZE, 5, B, 1));
    }

    private void acquits(Vote one, Vote other) {
        Evidence evidence = new Evidence(one, other);
        assertThat(evidence.offence()).isEmpty();
        assertThat(evidence.convicts(epoch, network.id(), Ed25519.VERIFIER)).isFalse();
    }

    @Test
    void bothSignaturesMustHoldInThisNetworkAndEpoch() {
        Evidence sound = new Evidence(notarizeA, notarizeB);
        Vote forged = new Vote(notarizeB.ballot(), 2, notarizeA.signature());
        NetworkId another = new NetworkId(A);

        assertThat(convicts(new Evidence(notarizeA, forged))).isFalse();
        assertThat(convicts(new Evidence(forged, notarizeA))).isFalse();
        assertThat(sound.convicts(epoch, another, Ed25519.VERIFIER)).isFalse();
        Epoch next = Epoch.of(2, epoch.configuration());
        assertThat(sound.convicts(next, network.id(), Ed25519.VERIFIER)).isFalse();
    }

    @Test
    void aSignerWhomTheEpochDoesNotHaveIsNoReasonToFail() {
        for (int signer : new int[] {epoch.configuration().validators().size(), 60_000}) {
            Evidence evidence =
                    new Evidence(
                            new Vote(notarizeA.ballot(), signer, notarizeA.signature()),
                            new Vote(notarizeB.ballot(), signer, notarizeB.signature()));
            assertThat(convicts(evidence)).isFalse();
        }
    }

    private boolean convicts(Evidence evidence) {
        return evidence.convicts(epoch, network.id(), Ed25519.VERIFIER);
    }
}
