package org.witan.catchup.snapshot;

import org.witan.catchup.wire.Request;
import org.witan.chain.store.Base;
import org.witan.chain.store.StateChunk;
import org.witan.genesis.membership.NodeId;

/** What a {@link SnapshotJoin} wants done. */
public sealed interface JoinEffect {
    /**
     * Send a request.
     *
     * @param member to whom
     * @param request what
     */
    record Ask(NodeId member, Request request) implements JoinEffect {}

    /**
     * The state of this height is fetched from now on; chunks that were kept of another one are of
     * no use any more.
     *
     * @param base verified
     */
    record Begin(Base base) implements JoinEffect {}

    /**
     * Keep a part of the state.
     *
     * @param chunk verified against the root of the last {@link Begin}
     */
    record Keep(StateChunk chunk) implements JoinEffect {}

    /**
     * The kept chunks are the whole state: install them.
     *
     * @param base see {@link Begin}
     */
    record Complete(Base base) implements JoinEffect {}

    /**
     * There is no need of a snapshot: fetch blocks.
     *
     * @param goal greatest height that is proven to exist
     */
    record FetchBlocks(long goal) implements JoinEffect {}

    /**
     * A member's answer proves that it is wrong; nothing more is asked of it.
     *
     * @param member who
     * @param reason for people
     */
    record Blame(NodeId member, String reason) implements JoinEffect {}

    /**
     * Something that operators see once.
     *
     * @param sentence what
     */
    record Report(String sentence) implements JoinEffect {}
}
