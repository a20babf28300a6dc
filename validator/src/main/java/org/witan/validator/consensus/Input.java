package org.witan.validator.consensus;

import java.util.Optional;
import org.witan.chain.block.Block;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.consensus.message.LinkRow;

/** All that an engine can be told. */
public sealed interface Input {
    /**
     * A message came over the authenticated link of a member.
     *
     * @param from who sent it, never this node
     * @param message as decoded, nothing of it verified
     */
    record Received(NodeId from, ConsensusMessage message) implements Input {}

    /** Time passed; given at or after {@link Engine#wakeAt}. The first one starts the engine. */
    record Tick() implements Input {}

    /**
     * The answer to {@link Effect.Build}.
     *
     * @param view the view that was asked for
     * @param block executed and complete, or empty if none can be made
     */
    record Built(long view, Optional<Block> block) implements Input {}

    /**
     * The answer to {@link Effect.Execute}.
     *
     * @param block its hash
     * @param valid whether execution on the parent's state gives what the header says; final
     */
    record Verdict(Hash block, boolean valid) implements Input {}

    /**
     * A link to a member came up or went down.
     *
     * @param peer the member
     * @param up which of the two
     */
    record Link(NodeId peer, boolean up) implements Input {}

    /**
     * Whether there are transactions that wait to be ordered (rule C19): older than the time that
     * gossip takes, and not in a block that is notarized already.
     *
     * @param expected whether
     */
    record Work(boolean expected) implements Input {}

    /**
     * Whether the operator wants this node not to propose, before a restart.
     *
     * @param on whether
     */
    record Drain(boolean on) implements Input {}

    /**
     * The blocks of an {@link Effect.Commit} are durable.
     *
     * @param height of the last of them
     */
    record Committed(long height) implements Input {}

    /**
     * Catch-up committed blocks of this epoch; for a later epoch make a new engine.
     *
     * @param anchor the new tip, higher than the last one
     */
    record Advanced(Anchor anchor) implements Input {}

    /**
     * What the next status tells about this node's links.
     *
     * @param row in the order of the validator set
     */
    record Links(LinkRow row) implements Input {}

    /**
     * Something else shows that another process may sign with this node's key, or that the disk may
     * have lost a vote: never vote again (C11, amnesia).
     *
     * @param reason for people
     */
    record StopVoting(String reason) implements Input {}
}
