package org.witan.validator.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Rules;

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

    @Test
    void aMemberWhoseKeyWasReplacedFollowsAndDoesNotVote() {
        Self before = TestEpochs.self(2);
        Self other =
                new Self(
                        before.id(),
                        CheapKeys.signer("another"),
                        before.networkId(),
                        before.verifier());
        assertThat(other.place(set)).isEmpty();
        assertThat(votes(other)).isFalse();
    }

    @Test
    void whoIsNotInTheSetFollowsAndDoesNotVote() {
        assertThat(TestEpochs.self(4).place(set)).isEmpty();
        assertThat(votes(TestEpochs.self(4))).isFalse();
    }
}
