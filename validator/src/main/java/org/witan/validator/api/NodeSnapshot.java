package org.witan.validator.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;

/**
 * All that a node says about itself at one moment: plain data, published by the node loop after a
 * turn that changed it, read by any thread.
 *
 * <p>Every component that ends in {@code AtMillis} is a moment of the node's wall clock in
 * milliseconds since 1970; it is shown, never decided upon.
 *
 * @param identity who speaks
 * @param tip the newest block that is final here and on disk
 * @param round what consensus is doing
 * @param health whether the network can decide and this node takes part
 * @param members all members of the ledger's membership, ascending by id, this node included
 * @param links this node's own links, one for each other member that it knows, ascending by peer
 * @param reports the other members' links as they reported them, ascending by reporter
 * @param catchup how far this node is behind and what it does about it
 * @param pool transactions that wait to be put into a block
 * @param counters what has been counted since the start
 */
public record NodeSnapshot(
        Identity identity,
        Tip tip,
        Round round,
        Health health,
        List<MemberRow> members,
        List<LinkRow> links,
        List<Report> reports,
        Catchup catchup,
        Pool pool,
        Counters counters) {
    /** Copies the lists. */
    public NodeSnapshot {
        members = List.copyOf(members);
        links = List.copyOf(links);
        reports = List.copyOf(reports);
    }

    /**
     * Who speaks.
     *
     * @param id this node
     * @param role what it does in the network now, if the network knows it
     * @param stranger why the configuration that this node knows is not about it: its id or its key
     *     is not listed; empty if it is a member
     * @param networkId the network
     * @param words the network id as six words to read aloud
     * @param networkName the network's name for people
     * @param build version of the program, such as {@code 0.1.0}
     * @param greatestLevel the greatest protocol level that the program speaks
     * @param startedAtMillis when this process started
     */
    public record Identity(
            NodeId id,
            Role role,
            Optional<String> stranger,
            NetworkId networkId,
            String words,
            String networkName,
            String build,
            int greatestLevel,
            long startedAtMillis) {
        /** The same node as the newest configuration knows it. */
        public Identity known(Role now, Optional<String> strangeness) {
            return new Identity(
                    id,
                    now,
                    strangeness,
                    networkId,
                    words,
                    networkName,
                    build,
                    greatestLevel,
                    startedAtMillis);
        }
    }

    /**
     * The newest block that is final here and on disk.
     *
     * @param height its number, 0 for genesis
     * @param headHash its hash
     * @param stateRoot root of the network state after it
     * @param timestampMillis the time that its proposer gave it
     * @param committedAtMillis when this node committed it; the start of the node if before that
     */
    public record Tip(
            long height,
            Hash headHash,
            Hash stateRoot,
            long timestampMillis,
            long committedAtMillis) {}

    /**
     * What consensus is doing.
     *
     * @param epoch span with one validator set, from 1
     * @param protocolLevel which rules of validity are in force
     * @param view attempt within the epoch
     * @param leader who may propose in this view
     * @param viewSinceAtMillis when this node entered the view
     * @param workSinceAtMillis since when there is something to agree on; if empty, views rest
     * @param votes for each kind of which there is a vote in this view, who gave it and who did not
     */
    public record Round(
            long epoch,
            int protocolLevel,
            long view,
            NodeId leader,
            long viewSinceAtMillis,
            OptionalLong workSinceAtMillis,
            List<VoteCount> votes) {
        /** Copies the list. */
        public Round {
            votes = List.copyOf(votes);
        }
    }

    /**
     * The votes of one kind in the current view.
     *
     * @param kind what they say
     * @param held validators whose vote is here, ascending
     * @param missing the other validators, ascending
     */
    public record VoteCount(VoteKind kind, List<NodeId> held, List<NodeId> missing) {
        /** Copies the lists. */
        public VoteCount {
            held = List.copyOf(held);
            missing = List.copyOf(missing);
        }
    }

    /**
     * Whether the network can decide and this node takes part.
     *
     * @param validators size of the validator set
     * @param quorum how many of them decide
     * @param inSync validators that are linked and at the tip, this node included if it is one
     * @param ready whether this node serves current reads and takes transactions
     * @param reasons why it is not ready, one sentence each, empty if it is
     * @param mayVote whether this node signs votes
     * @param mayVoteReason why it does not, empty if it does
     * @param draining whether this node was asked to stop leading
     * @param halted why the node stopped deciding for good, empty if it did not
     */
    public record Health(
            int validators,
            int quorum,
            int inSync,
            boolean ready,
            List<NotReady> reasons,
            boolean mayVote,
            String mayVoteReason,
            boolean draining,
            Optional<String> halted) {
        /** Copies the list. */
        public Health {
            reasons = List.copyOf(reasons);
        }

        /** Members in sync minus the quorum: how many more may fail; negative stops the network. */
        public int margin() {
            return inSync - quorum;
        }
    }

    /**
     * One reason for not being ready.
     *
     * @param code stable name in capitals, such as {@code BELOW_QUORUM}
     * @param sentence for people, with the figures
     */
    public record NotReady(String code, String sentence) {}

    /**
     * A member of the network as seen from here.
     *
     * @param id the member
     * @param organisation who answers for it
     * @param role what it does
     * @param status whether it takes part
     * @param endpoints where it can be dialled, in order of preference
     * @param inSync whether it is linked and at the tip, or is this node and at the tip
     * @param height what it reported last, empty if it never did
     * @param heardAtMillis when it last reported, empty if it never did
     * @param build what it runs by its own word, empty if it never said
     */
    public record MemberRow(
            NodeId id,
            NodeId organisation,
            Role role,
            Member.Status status,
            List<Endpoint> endpoints,
            boolean inSync,
            OptionalLong height,
            OptionalLong heardAtMillis,
            Optional<String> build) {
        /** Copies the list. */
        public MemberRow {
            endpoints = List.copyOf(endpoints);
        }
    }

    /** What a link does. */
    public enum LinkPhase {
        /** Authenticated and open. */
        UP,
        /** The other side opens it, or the next attempt is not due. */
        WAITING,
        /** An attempt is under way. */
        DIALLING,
        /** The last attempt was refused for a reason that time alone does not mend. */
        REFUSED,
        /** Of another node's link: it is not up. Why, only that node knows. */
        DOWN
    }

    /**
     * One node's end of a link.
     *
     * @param peer the other end
     * @param phase what the link does
     * @param openedBy who opened the connection, or will by the rule; empty if nobody knows
     * @param rttMillis round trip of the last ping, empty if there was none
     * @param sinceAtMillis when it came into this phase, 0 if nobody said
     * @param lastError why the last attempt failed, empty if none did or nobody said
     */
    public record LinkRow(
            NodeId peer,
            LinkPhase phase,
            Optional<NodeId> openedBy,
            OptionalDouble rttMillis,
            long sinceAtMillis,
            String lastError) {}

    /**
     * Another member's links by its own word.
     *
     * @param from who says so
     * @param heardAtMillis when it said so
     * @param links its links, ascending by peer
     */
    public record Report(NodeId from, long heardAtMillis, List<LinkRow> links) {
        /** Copies the list. */
        public Report {
            links = List.copyOf(links);
        }
    }

    /**
     * How far this node is behind and what it does about it.
     *
     * @param mode {@code live} at the tip, otherwise what it does, such as {@code ranges}
     * @param height what it has
     * @param target greatest height that was proven to it, at least {@code height}
     * @param blocksPerSecond recent rate, 0 when live
     * @param bytesPerSecond recent rate, 0 when live
     * @param sources members that it asks now, ascending
     * @param etaSeconds time to the target at this rate, empty if nothing moves
     */
    public record Catchup(
            String mode,
            long height,
            long target,
            double blocksPerSecond,
            double bytesPerSecond,
            List<NodeId> sources,
            OptionalLong etaSeconds) {
        /** Copies the list. */
        public Catchup {
            sources = List.copyOf(sources);
        }

        /** Whether the node is behind and works on it. */
        public boolean running() {
            return !mode.equals("live");
        }
    }

    /**
     * Transactions that wait to be put into a block.
     *
     * @param transactions how many
     * @param sizeBytes their encoded size
     */
    public record Pool(int transactions, long sizeBytes) {}
}
