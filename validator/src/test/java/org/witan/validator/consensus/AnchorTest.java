package org.witan.validator.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.Recovered;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Rules;
import org.witan.validator.consensus.message.Certificates;

/** Where in the ledger an engine begins. */
class AnchorTest {
    private final TestEpochs epochs = new TestEpochs(4, Rules.DEFAULT);
    private final Epoch epoch = epochs.epoch(1);

    /** What a node takes for the epoch's first block decides whom it takes for the leader. */
    @Test
    void theEpochBeganWhereItBeganWhateverIsKnownOfTheNewestBlock() {
        TreeSet<NodeId> leaders = new TreeSet<>();
        for (long view = 1; view <= 12; view++) {
            var block = epochs.block(epochs.genesis(), epoch, view, false, 2_000_000);
            leaders.add(leaderOfViewOne(TestEpochs.anchor(block)));
        }
        assertThat(leaders).containsExactly(leaderOfViewOne(epochs.genesis()));
    }

    /**
     * A node that is told in the middle of an epoch that it may vote does not forget what it left.
     */
    @Test
    void theEngineThatTakesAnothersPlaceDoesNotGoBackToViewsThatAreOver() {
        Recovered mayNot = new Recovered(List.of(), List.of(), List.of(), false, "older disk");
        Engine first = new Engine(TestEpochs.self(3), epoch, epochs.genesis(), mayNot);
        List<Certificate> givenUp = List.of(nullification(1), nullification(2));
        first.step(
                2_000_000,
                2_000_000,
                new Input.Received(TestEpochs.id(0), new Certificates(givenUp)));
        assertThat(first.standing().view()).isEqualTo(3);
        Engine second = new Engine(TestEpochs.self(3), epoch, epochs.genesis(), first.memory(true));
        second.step(2_000_000, 2_000_000, new Input.Tick());
        assertThat(second.standing().view()).isEqualTo(3);
        assertThat(second.standing().mayVote()).isTrue();
        Engine next =
                new Engine(
                        TestEpochs.self(3), epochs.epoch(2), epochs.genesis(), first.memory(true));
        next.step(2_000_000, 2_000_000, new Input.Tick());
        assertThat(next.standing().view()).as("another epoch").isEqualTo(1);
    }

    private Certificate nullification(long view) {
        Ballot ballot =
                new Ballot(VoteKind.NULLIFY, epoch.number(), epoch.configHash(), view, Hash.NONE);
        return TestEpochs.certificate(ballot, List.of(0, 1, 2));
    }

    private NodeId leaderOfViewOne(Anchor anchor) {
        Engine engine = new Engine(TestEpochs.self(3), epoch, anchor, TestEpochs.FRESH);
        engine.step(2_000_000, 2_000_000, new Input.Tick());
        assertThat(engine.standing().view()).isEqualTo(1);
        return engine.standing().leader();
    }
}
