package org.witan.chain.change;

import java.util.List;
import java.util.TreeSet;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.VisibleText;

/**
 * A change that was proposed, as the state records it under {@code change/<n>}.
 *
 * <p>Wire v1: version u8, then the components in their order; approvals u16 count, status u8.
 * Golden: {@code proposal.v1.hex}.
 *
 * @param number from 1, without gaps
 * @param proposer the organisation
 * @param height of the block that proposed it
 * @param expires last height at which it can be applied
 * @param change what it is about
 * @param reason why, for people
 * @param forced whether somebody who signed for it was told that it leaves no margin, and insisted
 * @param approvals organisations, ascending, the proposer among them
 * @param status what became of it
 * @param closed height of the block that closed it; 0 while it is open
 */
public record Proposal(
        long number,
        NodeId proposer,
        long height,
        long expires,
        Change change,
        String reason,
        boolean forced,
        List<NodeId> approvals,
        Status status,
        long closed) {
    /** Longest reason in bytes of UTF-8. */
    public static final int MAX_REASON_BYTES = 512;

    /** See the type. */
    public static final Codec<Proposal> CODEC = new Codec<>(Proposal::write, Proposal::read);

    /** What became of a change. The order is the place in formats. */
    public enum Status {
        /** Waits for approvals, unless it has expired. */
        OPEN,
        /** In force since the block that closed it. */
        APPLIED,
        /** Taken back by the organisation that proposed it. */
        WITHDRAWN,
        /** Ended by another change. */
        CANCELLED
    }

    /** Whether it can still be approved in a block of {@code height}. */
    public boolean isOpen(long height) {
        return status == Status.OPEN && height <= expires;
    }

    /** The same with one more approval, or with one less. */
    public Proposal withApproval(NodeId organisation, boolean approves) {
        TreeSet<NodeId> changed = new TreeSet<>(approvals);
        if (approves) {
            changed.add(organisation);
        } else {
            changed.remove(organisation);
        }
        return with(forced, List.copyOf(changed));
    }

    /** The same, insisted on by one more who signed for it, if so. */
    public Proposal insistedOn(boolean insists) {
        return with(forced || insists, approvals);
    }

    private Proposal with(boolean insistedOn, List<NodeId> approvedBy) {
        return new Proposal(
                number,
                proposer,
                height,
                expires,
                change,
                reason,
                insistedOn,
                approvedBy,
                status,
                closed);
    }

    /** The same, closed. */
    public Proposal closed(Status end, long at) {
        return new Proposal(
                number, proposer, height, expires, change, reason, forced, approvals, end, at);
    }

    private static void write(Proposal proposal, Writer out) {
        out.u8(1).u63(proposal.number);
        NodeId.CODEC.write(proposal.proposer, out);
        out.u63(proposal.height).u63(proposal.expires);
        Change.CODEC.write(proposal.change, out);
        out.text16(proposal.reason).bool(proposal.forced);
        out.list16(proposal.approvals, NodeId.CODEC);
        out.u8(proposal.status.ordinal()).u63(proposal.closed);
    }

    private static Proposal read(Reader in) {
        in.version(1);
        return new Proposal(
                in.u63(),
                NodeId.CODEC.read(in),
                in.u63(),
                in.u63(),
                Change.CODEC.read(in),
                VisibleText.checked(in, in.text16(MAX_REASON_BYTES)),
                in.bool(),
                in.list16(Council.MAX_SEATS, 2, NodeId.CODEC),
                status(in),
                in.u63());
    }

    private static Status status(Reader in) {
        int code = in.u8();
        if (code >= Status.values().length) {
            throw in.refuse("unknown status " + code);
        }
        return Status.values()[code];
    }
}
