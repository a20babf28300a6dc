package org.witan.validator.consensus.round;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.Rules;
import org.witan.validator.consensus.CheapKeys;
import org.witan.validator.consensus.TestEpochs;

/** C15: votes of views that are over are kept for a while, and a member is accused so often. */
class KeptForProofTest {
    private static final Epoch EPOCH = new TestEpochs(4, Rules.DEFAULT).epoch(1);

    private static Vote vote(long view) {
        Ballot ballot =
                new Ballot(VoteKind.NULLIFY, EPOCH.number(), EPOCH.configHash(), view, Hash.NONE);
        return Vote.cast(ballot, 0, TestEpochs.NETWORK, CheapKeys.signer("a"));
    }

    @Test
    void votesAreKeptForSixtyFourViews() {
        Archive archive = new Archive();
        for (long view = 1; view <= 65; view++) {
            Round round = new Round(view);
            round.tally().put(vote(view), true);
            archive.keep(round);
        }
        assertThat(archive.of(vote(1))).isEmpty();
        assertThat(archive.of(vote(2)).orElseThrow().votes()).containsExactly(vote(2));
        assertThat(archive.of(vote(65)).orElseThrow().signers(VoteKind.NULLIFY)).containsExactly(0);
        assertThat(archive.of(vote(66))).isEmpty();
    }

    @Test
    void aMemberIsAccusedSixteenTimes() {
        Accusations accusations = new Accusations();
        for (int i = 0; i < 16; i++) {
            assertThat(accusations.admit(2)).isTrue();
        }
        assertThat(accusations.admit(2)).isFalse();
        assertThat(accusations.admit(3)).as("another one").isTrue();
    }
}
