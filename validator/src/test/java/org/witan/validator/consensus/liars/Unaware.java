package org.witan.validator.consensus.liars;

import org.witan.chain.block.Ballot;
import org.witan.genesis.membership.Epoch;
import org.witan.validator.consensus.CheapKeys;
import org.witan.validator.consensus.TestEpochs;
import org.witan.validator.consensus.round.SafetyRules;

/** The rules as they are, kept by an engine that does not see that another one has its key. */
final class Unaware extends SafetyRules {
    Unaware(Epoch epoch, int member, long floor) {
        super(epoch, pen(member), floor, true);
    }

    private static Pen pen(int member) {
        String name = TestEpochs.id(member).value();
        return new Pen(member, TestEpochs.NETWORK, CheapKeys.signer(name));
    }

    @Override
    public boolean remembers(Ballot ballot) {
        return true;
    }
}
