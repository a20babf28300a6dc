package org.witan.validator.consensus.sim;

import java.util.Optional;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Epoch;
import org.witan.validator.consensus.Anchor;
import org.witan.validator.consensus.Self;
import org.witan.validator.consensus.round.Round;
import org.witan.validator.consensus.round.SafetyRules;

/** Bugs to plant in every honest node, to see that the simulation can fail. */
public enum Flaws {
    /** As it should be. */
    NONE,
    /** A view that was given up is finalized all the same (breaks I2). */
    FINALIZE_AFTER_NULLIFY,
    /** A block may be built across views that nobody proved to be skipped (breaks V4). */
    NO_GAP_PROOF,
    /** One vote less makes a certificate. */
    QUORUM_LESS_ONE,
    /** A node that restarts does not know what it signed. */
    FORGET_OWN_VOTES,
    /** A vote is sent before it is synced. */
    UNSYNCED_VOTES,
    /** A second block of a view is notarized when it is proposed again (breaks I1). */
    NOTARIZE_TWICE;

    /** The rules of an honest node with this bug. */
    public SafetyRules rules(Self self, Epoch epoch, Anchor anchor) {
        return new Broken(this, self, epoch, anchor);
    }

    /** The rules of a liar: it signs whatever its engine wants, and knows of no contradiction. */
    static SafetyRules lawless(Self self, Epoch epoch, Anchor anchor) {
        return new Broken(NONE, self, epoch, anchor) {
            @Override
            protected boolean mayNullify(long view) {
                return signsIn(view) && !mine(view).has(VoteKind.NULLIFY);
            }

            @Override
            protected boolean mayFinalize(long view) {
                return signsIn(view) && !mine(view).has(VoteKind.FINALIZE);
            }

            @Override
            public boolean mayNotarize(long view, Hash block) {
                return signsIn(view) && !mine(view).has(VoteKind.NOTARIZE);
            }

            @Override
            public boolean remembers(Ballot ballot) {
                return true;
            }
        };
    }

    private static class Broken extends SafetyRules {
        private final Flaws flaw;

        Broken(Flaws flaw, Self self, Epoch epoch, Anchor anchor) {
            super(
                    epoch,
                    new Pen(
                            epoch.configuration().indexOf(self.id()).orElse(-1),
                            self.networkId(),
                            self.signer()),
                    anchor.viewIn(epoch.number()),
                    true);
            this.flaw = flaw;
        }

        @Override
        protected boolean mayFinalize(long view) {
            return flaw == FINALIZE_AFTER_NULLIFY
                    ? signsIn(view) && !mine(view).has(VoteKind.FINALIZE)
                    : super.mayFinalize(view);
        }

        @Override
        public boolean mayNotarize(long view, Hash block) {
            if (flaw != NOTARIZE_TWICE) {
                return super.mayNotarize(view, block);
            }
            boolean same =
                    mine(view)
                            .of(VoteKind.NOTARIZE)
                            .filter(vote -> vote.ballot().blockHash().equals(block))
                            .isPresent();
            return signsIn(view) && !same && !mine(view).has(VoteKind.NULLIFY);
        }

        @Override
        public int quorum() {
            return Math.max(1, super.quorum() - (flaw == QUORUM_LESS_ONE ? 1 : 0));
        }

        @Override
        public boolean maySkip(Optional<Round> round) {
            return flaw == NO_GAP_PROOF || super.maySkip(round);
        }

        @Override
        public boolean remembers(Ballot ballot) {
            return flaw != NONE || super.remembers(ballot);
        }
    }
}
