package org.witan.validator.consensus.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.Recovered;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.Rules;
import org.witan.validator.consensus.CheapKeys;
import org.witan.validator.consensus.TestEpochs;

/** Rule C5, "never": each line here is a vote that must not exist. */
class SafetyRulesTest {
    private static final Epoch EPOCH = new TestEpochs(4, Rules.DEFAULT).epoch(1);
    private static final Hash X = Digest.tagged("x").done();
    private static final Hash Y = Digest.tagged("y").done();

    private final SafetyRules rules = rules(0, true);

    private static SafetyRules rules(long floor, boolean allowed) {
        SafetyRules.Pen pen = new SafetyRules.Pen(0, TestEpochs.NETWORK, CheapKeys.signer("a"));
        return new SafetyRules(EPOCH, pen, floor, allowed);
    }

    @Test
    void notarizesOncePerView() {
        assertThat(rules.notarize(1, X)).isPresent();
        assertThat(rules.notarize(1, X)).isEmpty();
        assertThat(rules.notarize(1, Y)).isEmpty();
        assertThat(rules.notarize(2, Y)).isPresent();
    }

    @Test
    void givingUpEndsNotarizingAndFinalizing() {
        assertThat(rules.nullify(1)).isPresent();
        assertThat(rules.notarize(1, X)).isEmpty();
        assertThat(rules.finalize(1, X)).isEmpty();
        assertThat(rules.nullify(1)).isEmpty();
    }

    @Test
    void finalizingEndsGivingUp() {
        assertThat(rules.notarize(1, X)).isPresent();
        assertThat(rules.finalize(1, Y)).isPresent();
        assertThat(rules.nullify(1)).isEmpty();
        assertThat(rules.finalize(1, X)).isEmpty();
    }

    @Test
    void mayGiveUpWhatItNotarized() {
        assertThat(rules.notarize(1, X)).isPresent();
        assertThat(rules.nullify(1)).isPresent();
    }

    @Test
    void signsNothingUpToTheFloor() {
        SafetyRules above = rules(4, true);
        assertThat(above.nullify(4)).isEmpty();
        assertThat(above.finalize(3, X)).isEmpty();
        assertThat(above.notarize(5, X)).isPresent();
        above.raiseFloor(5);
        assertThat(above.nullify(5)).isEmpty();
        assertThat(above.viewsSigned()).isEmpty();
    }

    @Test
    void signsNothingInAClosedEpochOrWithoutAMemory() {
        rules.closeEpoch();
        assertThat(rules.notarize(1, X)).isEmpty();
        assertThat(rules(0, false).nullify(1)).isEmpty();
        SafetyRules stopped = rules(0, true);
        stopped.stop();
        assertThat(stopped.finalize(1, X)).isEmpty();
    }

    @Test
    void aStrangerSignsNothing() {
        SafetyRules.Pen pen = new SafetyRules.Pen(-1, TestEpochs.NETWORK, CheapKeys.signer("z"));
        assertThat(new SafetyRules(EPOCH, pen, 0, true).nullify(1)).isEmpty();
    }

    @Test
    void aRestartChangesNothing() {
        Vote vote = rules.nullify(3).orElseThrow();
        SafetyRules again = rules(0, true);
        again.restore(vote);
        assertThat(again.finalize(3, X)).isEmpty();
        assertThat(again.notarize(3, X)).isEmpty();
        assertThat(again.remembers(vote.ballot())).isTrue();
        assertThat(rules(0, true).remembers(vote.ballot())).isFalse();
        assertThat(rules(3, true).remembers(vote.ballot())).isTrue();
    }

    @Test
    void onlyANullificationAllowsToSkip() {
        assertThat(rules.maySkip(Optional.empty())).isFalse();
        assertThat(rules.maySkip(Optional.of(new Round(1)))).isFalse();
        assertThat(rules.mine(1).has(VoteKind.NULLIFY)).isFalse();
    }

    @Test
    void whoAsksSignsNothingUntilItHasAsked() {
        rules.ask(false);
        assertThat(rules.isAsking()).isTrue();
        assertThat(rules.isTrusted()).isTrue();
        assertThat(rules.notarize(1, X)).isEmpty();
        rules.asked(7);
        assertThat(rules.isAsking()).isFalse();
        assertThat(rules.past()).isEqualTo(Recovered.Past.ASKED);
        assertThat(rules.notarize(1, X)).isPresent();
    }

    /** Up to the view that the others named it may have signed anything. */
    @Test
    void whoLostItsVotesSignsBehindWhatTheOthersNamed() {
        rules.ask(true);
        rules.raiseFloor(2);
        assertThat(rules.past()).isEqualTo(Recovered.Past.LOST);
        rules.asked(4);
        assertThat(rules.notarize(5, X)).isEmpty();
        rules.raiseFloor(3);
        assertThat(rules.notarize(5, X)).isEmpty();
        rules.raiseFloor(4);
        assertThat(rules.notarize(5, X)).isPresent();

        SafetyRules late = rules(0, true);
        late.ask(true);
        late.raiseFloor(4);
        late.asked(4);
        assertThat(late.notarize(5, X)).as("it was behind it already").isPresent();
    }
}
