package org.witan.validator.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.Rules;
import org.witan.validator.consensus.message.Votes;

/** Who votes in an epoch (C18): the member that the set names, with the key that it names. */
class PlaceTest {
    private final TestEpochs epochs = new TestEpochs(4, Rules.DEFAULT);
    private final Configuration set = epochs.epoch(1).configuration();

    private boolean votes(Self self) {
        Engine engine = new Engine(self, epochs.epoch(1), epochs.genesis(), TestEpochs.FRESH);
        engine.step(TestEpochs.FOUNDED_MILLIS, TestEpochs.FOUNDED_MILLIS, new Input.Tick());
        return engine.standing().mayVote();
    }

    @Test
    void aMemberWithItsKeyVotes() {
        assertThat(TestEpochs.self(2).place(set)).hasValue(2);
        assertThat(votes(TestEpochs.self(2))).isTrue();
    }

    private static Self rekeyed(int index) {
        Self before = TestEpochs.self(index);
        return new Self(
                before.id(), CheapKeys.signer("another"), before.networkId(), before.verifier());
    }

    @Test
    void aMemberWhoseKeyWasReplacedFollowsAndDoesNotVote() {
        assertThat(rekeyed(2).place(set)).isEmpty();
        assertThat(votes(rekeyed(2))).isFalse();
    }

    /** Members show a starting node what it signed, here before it got another key. */
    @Test
    void nobodyIsPunishedForShowingWhatTheFormerKeySigned() {
        Epoch epoch = epochs.epoch(1);
        Engine engine = new Engine(rekeyed(2), epoch, epochs.genesis(), TestEpochs.FRESH);
        long now = TestEpochs.FOUNDED_MILLIS;
        engine.step(now, now, new Input.Tick());
        Ballot ballot = new Ballot(VoteKind.NULLIFY, 1, epoch.configHash(), 1, Hash.NONE);
        Vote own = Vote.cast(ballot, 2, TestEpochs.NETWORK, TestEpochs.self(2).signer());
        Votes shown = new Votes(List.of(own));
        assertThat(engine.step(now, now, new Input.Received(TestEpochs.id(0), shown)))
                .noneMatch(effect -> effect instanceof Effect.Punish);
    }

    @Test
    void whoIsNotInTheSetFollowsAndDoesNotVote() {
        assertThat(TestEpochs.self(4).place(set)).isEmpty();
        assertThat(votes(TestEpochs.self(4))).isFalse();
    }
}
