package org.witan.validator.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.witan.chain.block.Certificate;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Rules;
import org.witan.validator.consensus.message.GetBlocks;
import org.witan.validator.consensus.message.GetCertificates;
import org.witan.validator.consensus.peer.Peer;
import org.witan.validator.consensus.peer.Peers;
import org.witan.validator.consensus.peer.Wants;
import org.witan.validator.consensus.round.Acceptance;
import org.witan.validator.consensus.round.Accusations;
import org.witan.validator.consensus.round.Archive;
import org.witan.validator.consensus.round.Candidate;
import org.witan.validator.consensus.round.Candidate.Verdict;
import org.witan.validator.consensus.round.Candidates;
import org.witan.validator.consensus.round.Leaders;
import org.witan.validator.consensus.round.Rounds;
import org.witan.validator.consensus.round.SafetyRules;
import org.witan.validator.consensus.round.Timeouts;
import org.witan.validator.consensus.round.VerifiedSignatures;

/**
 * All that one epoch's engine knows, and the acts that all its parts share: to ask for an effect,
 * to bring a block toward its verdict, to fetch.
 */
final class EpochState {
    final Self self;
    final Epoch epoch;
    final Rules rules;
    final int index;
    final Leaders leaders;
    final Verifier verifier;
    final SafetyRules safety;
    final Rounds rounds;
    final Candidates candidates = new Candidates();
    final Acceptance acceptance;
    final Timeouts timeouts;
    final Peers peers;
    final Wants<Hash> blocks;
    final Wants<Long> gaps;
    final Archive archive = new Archive();
    final Accusations accusations = new Accusations();
    final Ballots ballots = new Ballots(this);

    long now;
    long wallMillis;
    long view = 1;
    long finalizedView;
    boolean work;
    boolean draining;
    boolean closed;

    /** When the newest block was notarized or committed here: an idle network's clock (C19). */
    long lastBlockMillis;

    /** When the tip was first held here, for the pause that its child keeps. */
    long tipSeenMillis;

    /** Counts changes, so that the engine knows when a step has nothing more to do. */
    long changes;

    private List<Effect> effects = new ArrayList<>();

    EpochState(Self self, Epoch epoch, Anchor anchor, SafetyRules safety) {
        this(self, epoch, anchor, safety, leaders(epoch, anchor));
    }

    EpochState(Self self, Epoch epoch, Anchor anchor, SafetyRules safety, Leaders leaders) {
        this.self = self;
        this.epoch = epoch;
        this.safety = safety;
        rules = epoch.configuration().rules();
        index = self.place(epoch.configuration()).orElse(-1);
        verifier = new VerifiedSignatures(self.verifier());
        Hash boundary = boundary(epoch, anchor);
        int members = epoch.configuration().validators().size();
        this.leaders = leaders;
        rounds = new Rounds(safety, tip(anchor));
        acceptance = new Acceptance(self.networkId(), epoch, boundary, rounds, candidates);
        timeouts = new Timeouts(rules, members);
        peers = new Peers(epoch, self.id());
        blocks = new Wants<>(2L * rules.networkDelayMillis(), false);
        gaps = new Wants<>(2L * rules.networkDelayMillis(), true);
        finalizedView = rounds.tip().view();
        view = finalizedView + 1;
        lastBlockMillis = anchor.header().timestampMillis();
    }

    private static Leaders leaders(Epoch epoch, Anchor anchor) {
        int members = epoch.configuration().validators().size();
        return Leaders.of(members, boundary(epoch, anchor));
    }

    private static Hash boundary(Epoch epoch, Anchor anchor) {
        boolean begins = anchor.height() == 0 || anchor.header().epoch() < epoch.number();
        return begins ? anchor.hash() : anchor.header().previousBoundaryHash();
    }

    Rounds.Tip tip(Anchor anchor) {
        return new Rounds.Tip(
                anchor.viewIn(epoch.number()),
                anchor.hash(),
                anchor.header(),
                anchor.finalization());
    }

    void emit(Effect effect) {
        effects.add(effect);
    }

    void report(Event.Kind kind, long about, String text) {
        emit(new Effect.Report(new Event(kind, about, text)));
    }

    List<Effect> takeEffects() {
        List<Effect> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }

    /** Whether a place in the set is this node's, whatever key it has there. */
    boolean isOwnId(int validator) {
        return epoch.configuration().indexOf(self.id()).orElse(-1) == validator;
    }

    NodeId idOf(int validator) {
        return epoch.configuration().validators().get(validator).id();
    }

    NodeId leader(long of) {
        return idOf(leaders.at(of));
    }

    boolean leads(long of) {
        return leaders.at(of) == index;
    }

    /**
     * Brings a certified block toward its verdict, its ancestors first; asks for what is missing.
     */
    Verdict prepare(Certificate certificate) {
        return prepare(certificate.ballot().blockHash(), () -> signers(certificate));
    }

    /** Brings a block toward its verdict, its ancestors first; asks for what is missing. */
    Verdict prepare(Hash block, Supplier<List<NodeId>> holders) {
        Hash at = block;
        Candidate lowest = null;
        while (!at.equals(rounds.tip().hash())) {
            Candidate candidate = candidates.get(at).orElse(null);
            if (candidate == null) {
                blocks.want(at, holders.get());
                return Verdict.UNKNOWN;
            }
            if (candidate.verdict() == Verdict.INVALID) {
                return reject(lowest, candidate);
            }
            if (candidate.isValid()) {
                break;
            }
            if (candidate.block().height() <= rounds.tip().header().height() + 1
                    && !candidate.block().header().parentHash().equals(rounds.tip().hash())) {
                return Verdict.UNKNOWN;
            }
            lowest = candidate;
            at = candidate.block().header().parentHash();
        }
        if (lowest == null) {
            return Verdict.VALID;
        }
        if (lowest.verdict() == Verdict.UNKNOWN) {
            changes++;
            lowest.verdict(Verdict.EXECUTING);
            emit(new Effect.Execute(lowest.block()));
        }
        return Verdict.EXECUTING;
    }

    /** A child of an invalid block is invalid. */
    private Verdict reject(@Nullable Candidate child, Candidate parent) {
        if (child == null) {
            return parent.verdict();
        }
        changes++;
        child.verdict(Verdict.INVALID);
        return Verdict.UNKNOWN;
    }

    /** Who signed, those after this node in the set first, then everybody else. */
    List<NodeId> signers(Certificate certificate) {
        List<NodeId> after = new ArrayList<>();
        List<NodeId> before = new ArrayList<>();
        for (int signer : certificate.signers()) {
            if (signer != index) {
                (signer > index ? after : before).add(idOf(signer));
            }
        }
        after.addAll(before);
        return everybody(after);
    }

    /** These validators, then all others but this node. */
    List<NodeId> everybody(List<NodeId> first) {
        TreeSet<NodeId> named = new TreeSet<>(first);
        List<NodeId> all = new ArrayList<>(first);
        for (Peer peer : peers.validators()) {
            if (!named.contains(peer.id())) {
                all.add(peer.id());
            }
        }
        return all;
    }

    /** Asks for what is still missing at the end of a step. */
    void fetch() {
        blocks.end();
        gaps.end();
        if (!isFarBehind()) {
            blocks.due(now, GetBlocks.MAX)
                    .forEach((to, asked) -> emit(new Effect.Send(to, new GetBlocks(asked))));
        }
        gaps.due(now, GetCertificates.MAX)
                .forEach((to, asked) ->
                        emit(new Effect.Send(to, new GetCertificates(epoch.number(), asked))));
    }

    /** Whether this node signs now: it may, and is near enough to the tip to judge. */
    boolean votes() {
        return safety.mayVote() && !isFarBehind();
    }

    /**
     * Whether the blocks that this node lacks are catch-up's business, by the word of at least one
     * honest member. Until they are here it takes no part, and keeps only what is newest.
     */
    boolean isFarBehind() {
        return peers.provenHeight() > rounds.tip().header().height() + Reception.MAX_BEHIND;
    }

    /** When something is to be asked for again. */
    long fetchAt() {
        return isFarBehind() ? gaps.wakeAt() : Math.min(gaps.wakeAt(), blocks.wakeAt());
    }
}
