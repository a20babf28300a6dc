package org.witan.validator.history.votes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.membership.Epoch;

/** Votes as nodes log them. */
class VoteCheckTest {
    private static final Hash A = Digest.plain().add(new byte[] {1}).done();
    private static final Hash B = Digest.plain().add(new byte[] {2}).done();
    private static final TestNetwork NETWORK = TestNetwork.of(4);
    private static final Epoch EPOCH = NETWORK.founding().firstEpoch();

    private static CastVote vote(String node, VoteKind kind, long view, Hash block) {
        return new CastVote(node, kind.name(), 1, view, block.hex());
    }

    private static List<String> problems(CastVote... votes) {
        return VoteCheck.problems(List.of(votes));
    }

    @Test
    void votesOfAnHonestNodePass() {
        assertThat(
                        problems(
                                vote("v1", VoteKind.NOTARIZE, 1, A),
                                vote("v1", VoteKind.FINALIZE, 1, A),
                                vote("v1", VoteKind.FINALIZE, 1, A),
                                vote("v1", VoteKind.NOTARIZE, 2, B),
                                vote("v1", VoteKind.NULLIFY, 2, Hash.NONE),
                                vote("v2", VoteKind.NOTARIZE, 1, B)))
                .isEmpty();
    }

    @Test
    void twoVotesForOneSlotAreFound() {
        assertThat(
                        problems(
                                vote("v1", VoteKind.NOTARIZE, 1, A),
                                vote("v1", VoteKind.NOTARIZE, 1, B)))
                .singleElement()
                .asString()
                .startsWith("two votes for one slot");
    }

    @Test
    void aViewThatIsNullifiedAndFinalizedIsFoundInAnyOrder() {
        CastVote nullify = vote("v1", VoteKind.NULLIFY, 1, Hash.NONE);
        CastVote finalize = vote("v1", VoteKind.FINALIZE, 1, A);
        assertThat(problems(nullify, finalize)).hasSize(1);
        assertThat(problems(finalize, nullify)).hasSize(1);
        assertThat(problems(nullify, vote("v1", VoteKind.FINALIZE, 2, A))).isEmpty();
    }

    /** A leader that showed two blocks is at fault, not who notarized the one that lost. */
    @Test
    void anotherBlockFinalizedThanNotarizedPassesInAnyOrder() {
        CastVote notarize = vote("v1", VoteKind.NOTARIZE, 1, A);
        CastVote finalize = vote("v1", VoteKind.FINALIZE, 1, B);
        assertThat(problems(notarize, finalize)).isEmpty();
        assertThat(problems(finalize, notarize)).isEmpty();
        assertThat(problems(notarize, finalize, vote("v1", VoteKind.FINALIZE, 1, A))).hasSize(1);
    }

    @Test
    void certificatesNeedQuorumsOfLoggedVotes() {
        Certificate certificate = NETWORK.certificate(VoteKind.FINALIZE, EPOCH, 7, A);
        List<CastVote> votes = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            votes.add(vote("v" + i, VoteKind.FINALIZE, 7, A));
        }
        assertThat(certificates(votes, certificate)).isEmpty();
        votes.removeLast();
        assertThat(certificates(votes, certificate))
                .containsExactly("v3 signed in views that it logged nothing of: [7]");
        assertThat(certificates(votes, certificate, Map.of("v3", 1))).isEmpty();
        votes.add(vote("v3", VoteKind.NULLIFY, 7, Hash.NONE));
        assertThat(certificates(votes, certificate, Map.of("v3", 1)))
                .as("what a certificate shows counts as a vote")
                .isNotEmpty();
        votes.removeLast();
        Certificate small =
                new Certificate(
                        certificate.ballot(),
                        certificate.signers().subList(0, 2),
                        certificate.signatures().subList(0, 2));
        assertThat(certificates(votes, small)).singleElement().asString().contains("needed are 3");
        Ballot other = new Ballot(VoteKind.FINALIZE, 2, EPOCH.configHash(), 7, A);
        Certificate wrongEpoch =
                new Certificate(other, certificate.signers(), certificate.signatures());
        assertThat(certificates(votes, wrongEpoch)).anyMatch(p -> p.contains("another epoch"));
    }

    @Test
    void certificatesOfOpenViewsAreWitnesses() {
        CastVote one = vote("v2", VoteKind.NOTARIZE, 7, B);
        assertThat(certificates(List.of(one), NETWORK.certificate(VoteKind.NOTARIZE, EPOCH, 7, A)))
                .anyMatch(problem -> problem.startsWith("two votes for one slot"));
        CastVote end = vote("v2", VoteKind.FINALIZE, 7, A);
        Certificate nullified = NETWORK.certificate(VoteKind.NULLIFY, EPOCH, 7, Hash.NONE);
        assertThat(certificates(List.of(end), nullified))
                .anyMatch(problem -> problem.startsWith("nullified and finalized"));
    }

    @Test
    void aCertificateWithABadSignatureIsFound() {
        Certificate certificate = NETWORK.certificate(VoteKind.FINALIZE, EPOCH, 7, A);
        List<Signature> signatures = new ArrayList<>(certificate.signatures());
        signatures.set(1, NETWORK.vote(certificate.ballot(), 3).signature());
        Certificate bad = new Certificate(certificate.ballot(), certificate.signers(), signatures);
        assertThat(certificates(List.of(), bad))
                .containsExactly("certificate of view 7: signature of v2 does not hold");
    }

    /** The checker need not look for it: no such certificate can be made or read. */
    @Test
    void aCertificateWithARepeatedSignerCannotBeMade() {
        Certificate certificate = NETWORK.certificate(VoteKind.FINALIZE, EPOCH, 7, A);
        List<Signature> signatures = new ArrayList<>(certificate.signatures());
        signatures.set(2, signatures.get(1));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Certificate(certificate.ballot(), List.of(0, 1, 1), signatures))
                .withMessageContaining("signers must ascend");
        assertThat(new Certificate(certificate.ballot(), List.of(0, 1, 2), signatures))
                .as("under the name of another one its signature does not hold")
                .satisfies(doubled ->
                        assertThat(certificates(List.of(), doubled))
                                .containsExactly(
                                        "certificate of view 7: signature of v3 does not hold"));
    }

    private static List<String> certificates(List<CastVote> votes, Certificate certificate) {
        return certificates(votes, certificate, Map.of());
    }

    private static List<String> certificates(
            List<CastVote> votes, Certificate certificate, Map<String, Integer> killed) {
        return VoteCheck.problems(votes, List.of(certificate), EPOCH, NETWORK.id(), killed);
    }

    @Test
    void linesOfALogAreRead() {
        String line =
                "2026-11-21T00:00:00.000Z DEBUG VOTE vote-cast kind=FINALIZE epoch=1 view=7 block="
                        + A.hex();
        assertThat(CastVote.in("v1", List.of("started id=v1", line)))
                .containsExactly(vote("v1", VoteKind.FINALIZE, 7, A));
    }
}
