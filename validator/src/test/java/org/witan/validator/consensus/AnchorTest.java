package org.witan.validator.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Rules;

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

    private NodeId leaderOfViewOne(Anchor anchor) {
        Engine engine = new Engine(TestEpochs.self(3), epoch, anchor, TestEpochs.FRESH);
        engine.step(2_000_000, 2_000_000, new Input.Tick());
        assertThat(engine.standing().view()).isEqualTo(1);
        return engine.standing().leader();
    }
}
