package org.witan.validator.sim.oracle;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NodeId;

/** The oracle itself can fail: each story of votes that must not be is found, and no other. */
class VoteBookTest {
    private static final TestNetwork NETWORK = TestNetwork.of(4);
    private static final Epoch EPOCH = NETWORK.founding().firstEpoch();
    private static final Hash A = Hash.ofHex("aa".repeat(32));
    private static final Hash B = Hash.ofHex("bb".repeat(32));

    private final VoteBook book = new VoteBook(NETWORK.founding(), new Members(NETWORK.founding()));

    private static NodeId node(int index) {
        return new NodeId("v" + (index + 1));
    }

    private static Vote vote(int index, VoteKind kind, long view, Hash block) {
        Ballot ballot = new Ballot(kind, EPOCH.number(), EPOCH.configHash(), view, block);
        return NETWORK.vote(ballot, index);
    }

    private void writes(int index, VoteKind kind, long view, Hash block) {
        book.wrote(node(index), vote(index, kind, view, block));
    }

    /** Three of four sign, and the first of them has the certificate. */
    private Certificate agree(VoteKind kind, long view, Hash block) {
        for (int index = 0; index < 3; index++) {
            writes(index, kind, view, block);
        }
        Certificate certificate = NETWORK.certificate(kind, EPOCH, view, block);
        book.certified(node(0), certificate);
        return certificate;
    }

    private static void breaks(Promise promise, String words, ThrowingCallable story) {
        assertThatThrownBy(story)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(promise + ":")
                .hasMessageContaining(words);
    }

    @Test
    void whatTheRulesAllowPasses() {
        assertThatCode(
                        () -> {
                            agree(VoteKind.NULLIFY, 1, Hash.NONE);
                            agree(VoteKind.NOTARIZE, 2, A);
                            writes(3, VoteKind.NOTARIZE, 2, B);
                            writes(3, VoteKind.NULLIFY, 2, Hash.NONE);
                            agree(VoteKind.FINALIZE, 2, A);
                            writes(0, VoteKind.FINALIZE, 2, A);
                            book.sent(node(0), vote(0, VoteKind.FINALIZE, 2, A));
                            book.skipped(1, 0, 2);
                        })
                .doesNotThrowAnyException();
    }

    @Test
    void twoBlocksOfOneViewAreFound() {
        writes(0, VoteKind.NOTARIZE, 1, A);
        breaks(Promise.P7, "votes twice", () -> writes(0, VoteKind.NOTARIZE, 1, B));
    }

    @Test
    void aViewThatIsGivenUpAndFinalIsFound() {
        agree(VoteKind.NOTARIZE, 1, A);
        writes(0, VoteKind.FINALIZE, 1, A);
        writes(3, VoteKind.NULLIFY, 1, Hash.NONE);
        breaks(
                Promise.P7,
                "finalizes and nullifies",
                () -> writes(0, VoteKind.NULLIFY, 1, Hash.NONE));
        breaks(Promise.P7, "finalizes and nullifies", () -> writes(3, VoteKind.FINALIZE, 1, A));
    }

    @Test
    void aBlockInAViewThatWasGivenUpIsFound() {
        writes(0, VoteKind.NULLIFY, 1, Hash.NONE);
        breaks(Promise.P7, "had nullified", () -> writes(0, VoteKind.NOTARIZE, 1, A));
    }

    @Test
    void aVoteInAViewThatIsFinalOnTheDiskIsFound() {
        book.durable(node(0), new VoteBook.View(1, 5));
        breaks(Promise.P7, "final on its disk", () -> writes(0, VoteKind.NULLIFY, 5, Hash.NONE));
    }

    /** Two of four notarized it: nobody can hold a certificate. */
    @Test
    void aFinalizeWithoutANotarizationIsFound() {
        writes(0, VoteKind.NOTARIZE, 1, A);
        writes(1, VoteKind.NOTARIZE, 1, A);
        breaks(Promise.P7, "no quorum notarized", () -> writes(0, VoteKind.FINALIZE, 1, A));
    }

    /** Nobody gives a view up that it has left; who lost its disk knows no better. */
    @Test
    void givingUpAViewOfWhichACertificateIsThereIsFound() {
        agree(VoteKind.NOTARIZE, 1, A);
        agree(VoteKind.NOTARIZE, 2, B);
        breaks(
                Promise.P7,
                "of which it has a certificate",
                () -> writes(0, VoteKind.NULLIFY, 1, Hash.NONE));
        book.restarted(node(0), List.of());
        assertThatCode(() -> writes(0, VoteKind.NULLIFY, 2, Hash.NONE)).doesNotThrowAnyException();
    }

    @Test
    void whatWasNotWrittenMustNotLeave() {
        breaks(
                Promise.P7,
                "has not written",
                () -> book.sent(node(0), vote(0, VoteKind.NOTARIZE, 1, A)));
    }

    @Test
    void certificatesThatContradictEachOtherAreFound() {
        agree(VoteKind.NOTARIZE, 1, A);
        book.lied(node(3), vote(3, VoteKind.NOTARIZE, 1, B));
        breaks(Promise.P6, "never signed", () -> book.certified(certificate(1, B)));
        for (int index = 0; index < 3; index++) {
            book.lied(node(index), vote(index, VoteKind.NOTARIZE, 1, B));
        }
        breaks(Promise.P2, "two notarizations", () -> book.certified(certificate(1, B)));
    }

    private static Certificate certificate(long view, Hash block) {
        return NETWORK.certificate(VoteKind.NOTARIZE, EPOCH, view, block);
    }

    @Test
    void finalityThatContradictsIsFound() {
        for (int index = 0; index < 3; index++) {
            book.lied(node(index), vote(index, VoteKind.FINALIZE, 1, A));
            book.lied(node(index), vote(index, VoteKind.FINALIZE, 2, A));
            book.lied(node(index), vote(index, VoteKind.NOTARIZE, 2, A));
            book.lied(node(index), vote(index, VoteKind.NULLIFY, 2, Hash.NONE));
        }
        breaks(
                Promise.P4,
                "not notarized",
                () -> book.certified(NETWORK.certificate(VoteKind.FINALIZE, EPOCH, 1, A)));
        book.certified(NETWORK.certificate(VoteKind.FINALIZE, EPOCH, 2, A));
        breaks(
                Promise.P3,
                "finalized and nullified",
                () -> book.certified(NETWORK.certificate(VoteKind.NULLIFY, EPOCH, 2, Hash.NONE)));
        breaks(Promise.P5, "is skipped", () -> book.skipped(1, 1, 3));
    }

    @Test
    void aGapThatNobodyGaveUpIsFound() {
        breaks(Promise.P5, "not nullified", () -> book.skipped(1, 0, 2));
    }
}
