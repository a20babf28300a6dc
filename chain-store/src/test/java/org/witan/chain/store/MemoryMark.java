package org.witan.chain.store;

import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;

/** Rules D6 and D7 in memory: what was promised, kept apart from the database. */
final class MemoryMark {
    private Promised noted = new Promised(0, Optional.empty(), 0);
    private Promised saved = noted;
    private String reason = "";
    private boolean knowsOfLoss;
    private Optional<String> hindrance = Optional.empty();

    private record Promised(long votes, Optional<Ballot> highest, long height) {}

    /** Why this node must not vote, empty if it may. */
    Optional<String> hindrance() {
        return hindrance;
    }

    Recovered.Past past() {
        if (noted.votes > 0 || noted.highest.isPresent()) {
            return Recovered.Past.KEPT;
        }
        return knowsOfLoss ? Recovered.Past.LOST : Recovered.Past.NONE;
    }

    /** Whatever is lost from now on, an operator says that there was something. */
    void knowsOfLoss() {
        knowsOfLoss = true;
    }

    /** Notes what a batch promises, and looks whether what was forgotten lies behind now. */
    void applied(List<StoreWrite> batch, MemoryLedger ledger) {
        for (StoreWrite write : batch) {
            if (write instanceof StoreWrite.OwnVote(var vote)) {
                Ballot highest = noted.highest.filter(b -> isAbove(b, vote)).orElse(vote.ballot());
                noted = new Promised(noted.votes + 1, Optional.of(highest), noted.height);
            }
        }
        noted =
                new Promised(
                        noted.votes, noted.highest, Math.max(noted.height, ledger.tip().height()));
        if (hindrance.isPresent()) {
            judge(ledger, noted.highest.isEmpty());
        }
    }

    private static boolean isAbove(Ballot ballot, Vote vote) {
        Ballot other = vote.ballot();
        return ballot.epoch() > other.epoch()
                || ballot.epoch() == other.epoch() && ballot.view() > other.view();
    }

    /** The mark is durable. */
    void save() {
        saved = noted;
    }

    /** What was not saved is gone. */
    void crash() {
        noted = saved;
    }

    /** The mark is what the database says. */
    void belongsTo(MemoryLedger ledger) {
        saved = new Promised(ledger.votesCast(), Optional.empty(), ledger.tip().height());
        noted = saved;
    }

    /** The mark is gone, so that any vote of this epoch may have been cast. */
    void lost(MemoryLedger ledger, String why) {
        var tip = ledger.tip().header();
        long epoch = tip.epoch() + (tip.isBoundary() ? 1 : 0);
        Ballot any = new Ballot(VoteKind.NULLIFY, epoch, Hash.NONE, Long.MAX_VALUE, Hash.NONE);
        saved = new Promised(0, Optional.of(any), 0);
        noted = saved;
        reason = why;
    }

    /** Once after opening. */
    void compare(MemoryLedger ledger) {
        boolean remembers =
                noted.highest.isEmpty()
                        || ledger.votesCast() >= noted.votes
                                && ledger.hasVoted(noted.highest.get());
        judge(ledger, remembers);
    }

    private void judge(MemoryLedger ledger, boolean remembers) {
        boolean behind = remembers || ledger.isFinalized(noted.highest.orElseThrow());
        if (!behind) {
            hindrance = Optional.of(reason.isEmpty() ? "votes are lost" : reason);
        } else if (ledger.tip().height() < noted.height) {
            hindrance = Optional.of("committed blocks are lost");
        } else {
            hindrance = Optional.empty();
            reason = "";
        }
    }
}
