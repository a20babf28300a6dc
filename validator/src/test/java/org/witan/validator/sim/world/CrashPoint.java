package org.witan.validator.sim.world;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.StoreWrite;
import org.witan.validator.core.NodeEffect;

/** Every kind of thing that a node makes durable, as a place to crash at. */
public enum CrashPoint {
    /** A block that this node proposes, with its own vote for it. */
    PROPOSAL,
    /** A vote for the block of another. */
    NOTARIZE,
    /** A vote to give a view up. */
    NULLIFY,
    /** A vote to finalize. */
    FINALIZE,
    /** A block that is voted for. */
    BODY,
    /** A certificate that a block has a quorum. */
    NOTARIZATION,
    /** A certificate that a view was given up. */
    NULLIFICATION,
    /** A certificate that a block is final. */
    FINALIZATION,
    /** A block with its own finalization. */
    COMMIT,
    /** A block that a descendant's finalization makes final. */
    ANCESTOR_COMMIT,
    /** Blocks that catch-up brought. */
    FETCHED_COMMIT,
    /** Proof against a member that contradicts itself. */
    EVIDENCE,
    /** A new epoch, with the block before it. */
    EPOCH;

    /** What a node is when it comes to the point. */
    public enum Role {
        LEADER,
        FOLLOWER,
        CATCHING_UP
    }

    /** When the power goes. */
    public enum Moment {
        /** The write has not reached the disk. */
        BEFORE,
        /** A part of it has, so that neither it nor what was not synced before it is there. */
        TORN,
        /** It is on the disk, and nobody has heard of it. */
        AFTER,
        /** It is on the disk, and one message has left. */
        PARTLY_SENT
    }

    /** The points that a turn with these effects comes to. */
    public static Set<CrashPoint> of(List<NodeEffect> effects, boolean leads) {
        Set<CrashPoint> points = EnumSet.noneOf(CrashPoint.class);
        boolean fetched =
                effects.stream().anyMatch(e -> e instanceof NodeEffect.Committed c && c.fetched());
        for (NodeEffect effect : effects) {
            if (effect instanceof NodeEffect.Save(var write, var sync)) {
                points.add(of(write, leads, fetched));
            }
        }
        return points;
    }

    private static CrashPoint of(StoreWrite write, boolean leads, boolean fetched) {
        return switch (write) {
            case StoreWrite.OwnVote(var vote) -> vote(vote.ballot().kind(), leads);
            case StoreWrite.Body _ -> BODY;
            case StoreWrite.Certified(var certificate) ->
                    switch (certificate.ballot().kind()) {
                        case NOTARIZE -> NOTARIZATION;
                        case NULLIFY -> NULLIFICATION;
                        case FINALIZE -> FINALIZATION;
                    };
            case StoreWrite.Commit commit ->
                    fetched
                            ? FETCHED_COMMIT
                            : commit.finalization().isPresent() ? COMMIT : ANCESTOR_COMMIT;
            case StoreWrite.Accused _ -> EVIDENCE;
            case StoreWrite.EpochStarted _ -> EPOCH;
        };
    }

    private static CrashPoint vote(VoteKind kind, boolean leads) {
        return switch (kind) {
            case NOTARIZE -> leads ? PROPOSAL : NOTARIZE;
            case NULLIFY -> NULLIFY;
            case FINALIZE -> FINALIZE;
        };
    }
}
